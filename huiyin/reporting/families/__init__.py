"""The families of figures, one file each: a SQL aggregate for the numbers and a QuerySet for the rows behind."""
