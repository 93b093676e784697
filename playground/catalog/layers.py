"""The layers on offer, in teaching order."""

from playground.catalog.choice import Choice
from playground.catalog.reading import MERGED

_CONVOLUTION = ("filters", "kernel_size", "activation", "padding", "strides")
_RECURRENT = ("units", "return_sequences", "activation", "dropout")

LAYERS: tuple[Choice, ...] = (
    Choice(
        "Dense", "Core", "Every unit reads every value of the layer before it.", ("units", "activation"), basic=True
    ),
    Choice("Flatten", "Shape", "Writes an image or a sequence out as one row of numbers.", basic=True),
    Choice(
        "Dropout", "Regularisation", "Silences a random share of values in each training step.", ("rate",), basic=True
    ),
    Choice("Activation", "Activation", "Bends values with a chosen function.", ("activation",), basic=True),
    Choice(
        "Conv2D",
        "Convolution",
        "Slides small filters over an image and marks where each pattern is.",
        _CONVOLUTION,
        ranks=(3,),
        basic=True,
    ),
    Choice(
        "MaxPooling2D",
        "Pooling",
        "Keeps the largest value of every small square: the image shrinks.",
        ("pool_size", "strides", "padding"),
        ranks=(3,),
        basic=True,
    ),
    Choice(
        "AveragePooling2D",
        "Pooling",
        "Keeps the mean of every small square.",
        ("pool_size", "strides", "padding"),
        ranks=(3,),
    ),
    Choice("GlobalAveragePooling2D", "Pooling", "One mean for each channel of an image.", ranks=(3,), basic=True),
    Choice("GlobalMaxPooling2D", "Pooling", "The largest value of each channel of an image.", ranks=(3,)),
    Choice(
        "BatchNormalization",
        "Normalisation",
        "Centres and scales values by the statistics of the batch.",
        ("momentum",),
        basic=True,
    ),
    Choice("LayerNormalization", "Normalisation", "Centres and scales the values of each sample by themselves."),
    Choice(
        "Conv1D",
        "Convolution",
        "Slides small filters along a sequence.",
        _CONVOLUTION,
        ranks=(2,),
    ),
    Choice("MaxPooling1D", "Pooling", "Keeps the largest value of each short stretch.", ("pool_size",), ranks=(2,)),
    Choice("AveragePooling1D", "Pooling", "Keeps the mean of each short stretch.", ("pool_size",), ranks=(2,)),
    Choice("GlobalAveragePooling1D", "Pooling", "One mean for each channel of a sequence.", ranks=(2,)),
    Choice("GlobalMaxPooling1D", "Pooling", "The largest value of each channel of a sequence.", ranks=(2,)),
    Choice(
        "SeparableConv2D",
        "Convolution",
        "A convolution in two cheap halves: first each channel alone, then across channels.",
        _CONVOLUTION,
        ranks=(3,),
    ),
    Choice(
        "DepthwiseConv2D",
        "Convolution",
        "Filters each channel of an image by itself.",
        ("kernel_size", "depth_multiplier", "activation", "padding"),
        ranks=(3,),
    ),
    Choice(
        "Conv2DTranspose",
        "Convolution",
        "A convolution backwards: makes an image larger.",
        _CONVOLUTION,
        ranks=(3,),
    ),
    Choice("UpSampling2D", "Shape", "Repeats rows and columns of an image.", ("size", "interpolation"), ranks=(3,)),
    Choice("ZeroPadding2D", "Shape", "Puts a border of zeros around an image.", ("padding",), ranks=(3,)),
    Choice("SimpleRNN", "Recurrent", "Reads a sequence step by step with one state.", _RECURRENT, ranks=(2,)),
    Choice("LSTM", "Recurrent", "Reads a sequence with a memory it may keep or forget.", _RECURRENT, ranks=(2,)),
    Choice("GRU", "Recurrent", "A lighter LSTM with two gates.", _RECURRENT, ranks=(2,)),
    Choice(
        "Bidirectional",
        "Recurrent",
        "Reads a sequence forwards and backwards.",
        ("layer", "merge_mode"),
        ranks=(2,),
    ),
    Choice("TimeDistributed", "Recurrent", "Applies one layer to every step of a sequence.", ("layer",), ranks=(2, 3)),
    Choice(
        "Embedding",
        "Core",
        "Gives every whole number, such as a word's, a row of learned numbers.",
        ("input_dim", "output_dim", "mask_zero"),
        ranks=(1,),
    ),
    Choice("Reshape", "Shape", "The same numbers in another shape.", ("target_shape",)),
    Choice("Permute", "Shape", "Swaps axes.", ("dims",)),
    Choice("RepeatVector", "Shape", "Repeats a row of numbers as a sequence.", ("n",), ranks=(1,)),
    Choice("Rescaling", "Preparation", "Multiplies and shifts every value.", ("scale", "offset")),
    Choice("GaussianNoise", "Regularisation", "Adds random noise in training.", ("stddev",)),
    Choice("GaussianDropout", "Regularisation", "Multiplies values by random noise in training.", ("rate",)),
    Choice(
        "SpatialDropout2D", "Regularisation", "Silences whole channels of an image in training.", ("rate",), ranks=(3,)
    ),
    Choice("ReLU", "Activation", "Cuts values off below zero.", ("max_value", "negative_slope")),
    Choice("LeakyReLU", "Activation", "Lets a little of the negative values through.", ("negative_slope",)),
    Choice("PReLU", "Activation", "A leaky ReLU that learns its slope."),
    Choice("ELU", "Activation", "Bends negative values smoothly towards a floor.", ("alpha",)),
    Choice("Softmax", "Activation", "Turns scores into shares that add up to one.", ("axis",)),
    Choice("Add", "Merge", "Adds two or more layers of the same shape.", reading=MERGED),
    Choice("Multiply", "Merge", "Multiplies two or more layers of the same shape.", reading=MERGED),
    Choice("Average", "Merge", "The mean of two or more layers of the same shape.", reading=MERGED),
    Choice("Concatenate", "Merge", "Puts two or more layers side by side.", ("axis",), reading=MERGED),
)
