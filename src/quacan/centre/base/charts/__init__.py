"""Charts: frozen values → a Vega-Lite specification → SVG, kept by its content; one axis module for all drawings."""
