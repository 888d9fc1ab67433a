"""The specification's own style: rules that no public judge of OpenAPI knows, each with its id and its fix."""
