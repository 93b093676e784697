"""What arguments do, in our words, where Keras's docstring of an object says nothing of them."""

BY_NAME: dict[str, str] = {
    "antialias": "Smooths an image before it is made smaller, against jagged edges.",
    "axis": "The axes that are summed over; without them everything is summed into one number.",
    "clipnorm": "The gradient of each weight is shortened to this length where it is longer.",
    "clipvalue": "Every single number of a gradient is cut off at this size, up and down.",
    "ema_momentum": "How much of the moving average stays in each step; matters with use_ema only.",
    "ema_overwrite_frequency": "After how many steps the weights are replaced by their moving average; matters with "
    "use_ema only. Without it they are replaced once, at the end.",
    "global_clipnorm": "The gradients of all weights together are shortened to this length where they are longer.",
    "gradient_accumulation_steps": "Over how many batches gradients are averaged before the weights change.",
    "ignore_class": "Samples with this label count for nothing in the loss.",
    "loss_scale_factor": "The loss is multiplied by this before gradients are taken, and gradients are divided by it "
    "afterwards, so that small ones do not vanish in half precision.",
    "mask_value": "Steps in which every value is this one are skipped.",
    "use_ema": "Keeps a moving average of the weights, which replaces them now and then.",
    "value_range": "The darkest and the brightest value that the images have, such as 0 and 1.",
    "weight_decay": "The share of each weight, times the learning rate, that is taken away in every step.",
}


def help_of(argument: str, from_keras: str) -> str:
    """``from_keras``, or our own words where it is empty; empty if there are none."""
    return from_keras or BY_NAME.get(argument, "")
