"""twosource: scores news articles by what independent sources corroborate."""
