"""The activations on offer, in teaching order."""

from playground.catalog.choice import Choice

ACTIVATIONS: tuple[Choice, ...] = (
    Choice("linear", "Plain", "Leaves values as they are.", basic=True),
    Choice("relu", "Rectifiers", "Zero below zero, unchanged above.", basic=True),
    Choice("sigmoid", "Squashing", "An S from 0 to 1; one probability.", basic=True),
    Choice("tanh", "Squashing", "An S from -1 to 1.", basic=True),
    Choice("softmax", "Shares", "Turns scores into probabilities that add up to one.", basic=True),
    Choice("leaky_relu", "Rectifiers", "Lets a little of the negative values through."),
    Choice("elu", "Rectifiers", "Negative values level off smoothly at -1."),
    Choice("selu", "Rectifiers", "An ELU scaled so that deep networks keep mean 0 and variance 1."),
    Choice("celu", "Rectifiers", "An ELU that is smooth at zero for every scale."),
    Choice("gelu", "Smooth rectifiers", "Weighs a value by the share of a normal distribution below it."),
    Choice("silu", "Smooth rectifiers", "A value times its own sigmoid; also called swish."),
    Choice("mish", "Smooth rectifiers", "A value times the tanh of its softplus."),
    Choice("softplus", "Smooth rectifiers", "A ReLU with its corner rounded."),
    Choice("relu6", "Rectifiers", "A ReLU that stops at 6."),
    Choice("exponential", "Plain", "e to the power of the value."),
    Choice("softsign", "Squashing", "An S from -1 to 1 with long, slow tails."),
    Choice("hard_sigmoid", "Squashing", "A sigmoid made of straight lines."),
    Choice("hard_silu", "Smooth rectifiers", "A SiLU made of simple pieces."),
    Choice("hard_tanh", "Squashing", "A straight line cut off at -1 and 1."),
    Choice("log_sigmoid", "Logarithms", "The logarithm of the sigmoid."),
    Choice("log_softmax", "Logarithms", "The logarithm of the softmax."),
    Choice("squareplus", "Smooth rectifiers", "A rounded ReLU from a square root."),
    Choice("sparse_plus", "Smooth rectifiers", "A rounded ReLU that is exactly zero below -1."),
    Choice("sparse_sigmoid", "Squashing", "A straight ramp from 0 at -1 to 1 at 1."),
    Choice("sparsemax", "Shares", "Shares that add up to one, many of them exactly zero."),
    Choice("soft_shrink", "Shrinking", "Pulls every value towards zero; small ones become zero."),
    Choice("hard_shrink", "Shrinking", "Sets small values to zero and leaves the rest."),
    Choice("tanh_shrink", "Shrinking", "A value less its tanh."),
)
