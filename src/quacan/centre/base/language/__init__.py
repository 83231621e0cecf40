"""Vietnamese and English as the institution writes them: numbers, words, dates, order, search."""
