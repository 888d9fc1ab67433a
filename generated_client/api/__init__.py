# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The operations, one package for each tag and one module for each call."""
