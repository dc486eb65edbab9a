"""Bytes to articles or rejections, nothing lost."""
