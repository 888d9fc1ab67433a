"""The constraint keywords, by the JSON type of the values that they bound."""

STRING_KEYWORDS = frozenset({"minLength", "maxLength", "pattern"})
NUMBER_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
"""Also the bounds of a duration, which is a string."""

ARRAY_KEYWORDS = frozenset({"minItems", "maxItems", "uniqueItems"})
MAP_KEYWORDS = frozenset({"minProperties", "maxProperties"})

CONSTRAINTS = STRING_KEYWORDS | NUMBER_BOUNDS | ARRAY_KEYWORDS | MAP_KEYWORDS
