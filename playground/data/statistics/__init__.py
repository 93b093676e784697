"""What can be seen of a dataset before anything is learned from it, computed by jobs. Imports no Keras.

pandas, scikit-learn and SciPy do the counting. Every picture is taken of at most so many rows that it comes at once,
and says of how many.
"""

from playground.data.statistics.asked import Asked
from playground.data.statistics.offered import offered
from playground.data.statistics.picture import Picture, forget_pictures, keep_picture, kept_picture
from playground.data.statistics.pictures import PICTURES, taken

__all__ = ["PICTURES", "Asked", "Picture", "forget_pictures", "keep_picture", "kept_picture", "offered", "taken"]
