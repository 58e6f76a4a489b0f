"""The operators, one declaration each, by family. Importing this package registers all of them."""
