"""When a layer, an activation, a loss, an optimizer or a schedule helps, and when it hurts: our judgement."""

ABOUT: dict[str, dict[str, str]] = {
    "layers": {
        "Dense": "The plain choice for rows of numbers, and the last layer of nearly every model. On images it "
        "forgets which pixels are neighbours, and its weights grow with the picture.",
        "Flatten": "Needed where Dense follows an image or a sequence. After large pictures it makes Dense huge; "
        "global pooling is the lighter way.",
        "Dropout": "Helps where training gets far better than validation. Hurts small networks, and right before the "
        "output.",
        "Activation": "For an activation that stands by itself, such as after BatchNormalization; otherwise the "
        "argument of the layer before does the same.",
        "Embedding": "The first layer for words or other whole numbers that have no order. Numbers that are amounts "
        "go into Dense as they are.",
        "Conv1D": "Finds short patterns anywhere in a series or a text, fast. What lies further apart than its "
        "kernel needs more layers, dilation or attention.",
        "Conv2D": "The first choice for images: what it learned in one place it knows everywhere. Of no use where "
        "neighbouring columns have nothing to do with each other.",
        "Conv3D": "For volumes and short films. Costs far more than Conv2D; few filters and small kernels to begin "
        "with.",
        "SeparableConv1D": "Close to Conv1D with a fraction of the weights; for long series and small devices.",
        "SeparableConv2D": "Close to Conv2D with a fraction of the weights. With few channels there is little to save.",
        "DepthwiseConv1D": "A cheap filter for each channel; put a Conv1D with kernel 1 after it to mix channels.",
        "DepthwiseConv2D": "A cheap filter for each channel; put a Conv2D with kernel 1 after it to mix channels.",
        "Conv1DTranspose": "Lengthens a series and learns how, as in the second half of an autoencoder.",
        "Conv2DTranspose": "Enlarges an image and learns how, as in the second half of an autoencoder. A kernel that "
        "the stride does not divide leaves a pattern of squares; UpSampling2D before Conv2D does not.",
        "MaxPooling1D": "Asks whether a pattern was there, not exactly when. Not where every step has to keep its "
        "place.",
        "MaxPooling2D": "Halves an image and keeps what stood out: faster, and small shifts matter less. Not where "
        "exact places are asked for.",
        "AveragePooling1D": "Smooths a series while shortening it; short peaks are lost.",
        "AveragePooling2D": "Smooths while shrinking; faint, wide patterns survive, single bright points do not.",
        "GlobalAveragePooling1D": "From a series to one row of numbers without weights; steadier than the last step "
        "alone, and blind to order.",
        "GlobalAveragePooling2D": "From an image to one row of numbers without weights: much lighter than Flatten, "
        "and any picture size will do. Needs enough channels before it.",
        "GlobalMaxPooling1D": "Asks whether a pattern was anywhere in the series: good for texts, where one word "
        "decides.",
        "GlobalMaxPooling2D": "Asks whether a pattern was anywhere in the picture. One outlier is enough to mislead "
        "it.",
        "BatchNormalization": "Lets deep networks train faster and at higher rates. Poor with batches below about 8, "
        "and right before the output.",
        "LayerNormalization": "The usual one in transformers and recurrent networks; does not depend on the batch. "
        "For images with Conv2D, BatchNormalization is mostly better.",
        "GroupNormalization": "For images with small batches, where BatchNormalization is unsteady.",
        "RMSNormalization": "A cheaper LayerNormalization that does not centre; usual in large transformers.",
        "UnitNormalization": "Where only the direction of a row counts, as for comparing by cosine. The length is "
        "lost.",
        "Normalization": "Centres and scales columns by numbers that it is given. Prefer the data's own scaling "
        "step, which learns them from the training part.",
        "SpectralNormalization": "Steadies training of networks that play against each other; elsewhere it only costs.",
        "SimpleRNN": "To see how recurrence works, and for short series. Beyond a few dozen steps it forgets; take "
        "LSTM or GRU.",
        "LSTM": "For series where what happened long ago still matters. Reads step by step, so it is slow on long "
        "ones; Conv1D or attention are faster.",
        "GRU": "About as good as LSTM with a quarter fewer weights; a good first choice for series.",
        "Bidirectional": "Where the whole sequence is there before the answer, as in texts. Never for forecasts: it "
        "would read the future.",
        "TimeDistributed": "To use a layer for single pictures or rows on each step of a series. Dense does this by "
        "itself.",
        "ConvLSTM2D": "For films, where both place and time matter. Slow, and heavy on memory.",
        "Attention": "Lets each step look at all others at once. Costs grow with the square of the length.",
        "AdditiveAttention": "The older way of comparing, by a small network; not better than Attention in most "
        "cases, and slower.",
        "MultiHeadAttention": "The heart of a transformer: several comparisons at once. It knows no order, so add "
        "positions; needs more data than LSTM.",
        "GroupQueryAttention": "MultiHeadAttention with shared keys: less memory at nearly the same quality. Worth "
        "it in large models only.",
        "Masking": "Where series were filled up to one length: the filled steps are skipped by recurrent layers. A "
        "real row of that value would be skipped too.",
        "Reshape": "Where the next layer wants other axes and the numbers keep their order. It is no substitute for "
        "Permute: axes are not swapped.",
        "Permute": "Where axes stand in another order than the next layer wants.",
        "RepeatVector": "Between a reader and a writer of sequences: hands the summary to every step.",
        "UpSampling2D": "Enlarges without weights; with a Conv2D after it a calm choice for decoders.",
        "ZeroPadding2D": "Where a border is needed that padding=same does not give.",
        "Cropping2D": "Where the edge holds nothing, or two pictures have to become the same size.",
        "Resizing": "Brings pictures to the size that a network wants. Far smaller pictures lose what is asked for.",
        "Rescaling": "The simplest way to bring pixels from 0 to 255 down to 0 to 1. Not a second time where the "
        "data is scaled already.",
        "GaussianNoise": "Right after the input, where measurements are noisy anyway. Its size has to go with the "
        "scale of the values.",
        "GaussianDropout": "A softer Dropout: nothing is lost altogether.",
        "AlphaDropout": "Only together with selu, whose mean and spread it keeps; otherwise take Dropout.",
        "SpatialDropout1D": "After Embedding or Conv1D, where single silenced steps would be guessed from neighbours.",
        "SpatialDropout2D": "After Conv2D, where single silenced pixels would be guessed from neighbours.",
        "ActivityRegularization": "Where few outputs should be active, as in a sparse autoencoder.",
        "ReLU": "The usual choice between layers. A unit that never gets above zero stops learning.",
        "LeakyReLU": "Where many ReLU units have died. Otherwise seldom different.",
        "PReLU": "A LeakyReLU that finds its own slope; one more weight for each unit, so a little more to overfit.",
        "ELU": "Smoother than ReLU and centred closer to zero; slower to compute.",
        "Softmax": "At the end of a classifier, where the last Dense has no activation. Between layers it lets "
        "almost nothing through.",
        "Add": "A skip connection: lets gradients pass deep networks unhindered. All that is added needs one shape.",
        "Subtract": "To compare two branches of the same kind.",
        "Multiply": "A gate: one branch decides how much of another gets through, mostly after a sigmoid.",
        "Average": "Several branches with one vote each, as in an ensemble.",
        "Maximum": "The strongest of several branches wins; the others learn nothing at that place.",
        "Minimum": "The weakest of several branches counts; the others learn nothing at that place.",
        "Concatenate": "Keeps everything of all branches side by side, as in inception blocks. The next layer gets "
        "as much more to read.",
        "Dot": "Measures how alike two rows are, as between a user and a film.",
        "Identity": "Changes nothing; a name to read from, or a place that is kept free.",
        "RandomFlip": "Where left and right do not matter. Hurts digits and letters: a mirrored 2 is no 2.",
        "RandomRotation": "Where things may lie at any angle. A small turn is enough for digits.",
        "RandomTranslation": "Where things may stand anywhere in the picture. What is pushed out at an edge is lost.",
        "RandomZoom": "Where things may be nearer or further away.",
        "RandomContrast": "Where the light differs from picture to picture.",
        "RandomBrightness": "Where the light differs from picture to picture. Check that the value range is that of "
        "the data.",
    },
    "activations": {
        "linear": "For the output of a regression, or where another layer bends afterwards. Between Dense layers it "
        "makes two as good as one.",
        "relu": "The first choice between layers: fast, and gradients pass well. Units that never get above zero "
        "stop learning; leaky_relu, elu or a smaller learning rate help.",
        "sigmoid": "For the one output of a yes or no, and for gates. Between many layers gradients fade: take relu.",
        "tanh": "Centred at zero, usual inside recurrent layers. In deep networks gradients fade at both ends.",
        "softmax": "For the output of a classifier with several classes. Never with a single unit, where it is "
        "always 1.",
        "leaky_relu": "Where units die with relu. Otherwise much the same.",
        "elu": "Often learns a little faster than relu, as outputs are centred nearer to zero; costs an exponential.",
        "selu": "For deep stacks of Dense with lecun_normal weights, which then need no normalisation. With other "
        "layers between the balance is lost.",
        "celu": "Where elu is wanted with a slope that never jumps. Seldom different.",
        "gelu": "Usual in transformers. A little better than relu in large models, and slower.",
        "silu": "A smooth relu that helps deep networks for images. In small ones seldom worth its cost.",
        "mish": "Close to silu, sometimes a little better, and slower.",
        "softplus": "For outputs that have to be above zero, such as a spread. Between layers relu is faster and as "
        "good.",
        "relu6": "For small devices that count with few digits. Values above 6 are lost.",
        "exponential": "For outputs that have to be above zero and span magnitudes. Between layers it explodes.",
        "softsign": "Like tanh, with gradients that fade more slowly far out. Seldom used.",
        "hard_sigmoid": "A cheap sigmoid for small devices. Beyond its straight part it learns nothing.",
        "hard_silu": "A cheap silu for small devices.",
        "hard_tanh": "A cheap tanh. Beyond -1 and 1 it learns nothing.",
        "log_sigmoid": "Where a loss of one's own wants logarithms of probabilities. Keras's losses do not.",
        "log_softmax": "Where a loss wants logarithms of probabilities. Keras's cross entropies do not; give them "
        "softmax, or none with from_logits.",
        "squareplus": "Much like softplus without an exponential: cheaper.",
        "sparse_plus": "Together with sparsemax, for values that should be exactly zero.",
        "sparse_sigmoid": "Together with sparsemax, for gates that close altogether. Beyond -1 and 1 it learns "
        "nothing.",
        "sparsemax": "Where most shares should be exactly zero, as in attention. As an output it goes badly with "
        "cross entropy, which a zero for the right class makes huge.",
        "soft_shrink": "For removing small noise, as in sparse codes. It weakens all that remains.",
        "hard_shrink": "For removing small noise without weakening the rest. What is zero learns nothing.",
        "tanh_shrink": "For keeping large values and flattening small ones. A rare choice between layers.",
    },
    "losses": {
        "SparseCategoricalCrossentropy": "The usual loss for several classes, with softmax at the end. For labels "
        "that are rows of 0 and 1 take CategoricalCrossentropy.",
        "BinaryCrossentropy": "The usual loss for yes or no, with one sigmoid unit at the end.",
        "CategoricalCrossentropy": "As the sparse one, where labels are rows of 0 and 1; it also allows label "
        "smoothing.",
        "MeanSquaredError": "The usual loss for numbers. A few wild targets can rule it: then Huber or the absolute "
        "error.",
        "MeanAbsoluteError": "Where some targets are far off. It aims at the median, and its steps do not get "
        "smaller near the goal, so lower the rate at the end.",
        "Huber": "Between the squared and the absolute error: calm near the goal, not ruled by outliers. Its delta "
        "goes by the unit of the target.",
        "LogCosh": "As Huber, without a number to choose.",
        "MeanAbsolutePercentageError": "Where errors matter in proportion, as with prices. It favours low guesses, "
        "and explodes for targets near zero.",
        "MeanSquaredLogarithmicError": "Where targets span magnitudes. Guesses too low cost more than guesses too "
        "high; negative targets are not possible.",
        "Poisson": "For counts, with softplus or exponential at the end. Answers of zero or less have no loss.",
        "BinaryFocalCrossentropy": "Where one class is rare and the other easy. With clean, even classes it only "
        "slows.",
        "CategoricalFocalCrossentropy": "Where some classes are rare and others easy. With even classes it only slows.",
        "CategoricalGeneralizedCrossEntropy": "Where some labels are wrong. With clean labels cross entropy learns "
        "faster.",
        "Hinge": "For a border with a margin, with tanh or no activation at the end. Gives no probabilities.",
        "SquaredHinge": "As Hinge, and harder on what lies far on the wrong side: outliers weigh more.",
        "CategoricalHinge": "A margin between several classes. Gives no probabilities; training may be slower than "
        "with cross entropy.",
        "KLDivergence": "Where the target is a whole distribution, as when learning from another network. For plain "
        "labels it equals cross entropy.",
        "CosineSimilarity": "Where only the direction of a row counts, as for embeddings. It is -1 at best, not 0.",
        "Dice": "For marking regions that are small against the rest. Noisy for single labels.",
        "Tversky": "As Dice, where a miss costs more than a false alarm or the other way round.",
    },
    "optimizers": {
        "SGD": "Simple and easy to understand; with momentum and a schedule often best in the end for images. "
        "Sensitive to its rate and to unscaled inputs.",
        "Adam": "The first choice: works almost anywhere with little tuning. Sometimes generalises a little worse "
        "than SGD.",
        "RMSprop": "Good for recurrent networks and changing goals. Adam is mostly as good.",
        "Adagrad": "For rare words and other sparse inputs. Its steps only ever shrink, so long training comes to a "
        "halt.",
        "AdamW": "Adam for models that overfit; the usual choice for transformers.",
        "Nadam": "Sometimes a little faster than Adam. Same arguments, same rates.",
        "Adadelta": "Needs hardly any rate, but wants one near 1; with Keras's default of 0.001 it crawls.",
        "Adamax": "Adam that is less moved by single large gradients; for embeddings and noisy data.",
        "Ftrl": "For wide models with millions of rare columns. Elsewhere slow.",
        "Adafactor": "For models whose optimizer does not fit in memory. Small models do better with Adam.",
        "Lamb": "For batches of thousands on large models. With small batches no better than Adam.",
        "Lion": "Half of Adam's memory. Wants a rate three to ten times smaller, and more weight decay.",
        "Muon": "Fast on large Dense and convolution layers; other weights get Adam. Overkill for small models.",
        "ScheduleFreeAdamW": "Where the number of epochs is not known ahead. Do not add a schedule to it.",
    },
    "schedules": {
        "ExponentialDecay": "A steady fall that never ends. Choose the steps by batches: epochs times batches an "
        "epoch.",
        "CosineDecay": "The usual choice when the number of steps is known: fast for long, then gently to rest.",
        "PiecewiseConstantDecay": "Where one knows when to slow down, as after most of the epochs.",
        "PolynomialDecay": "A straight fall to a rate at the end; for fine-tuning.",
        "InverseTimeDecay": "Falls fast first and ever more slowly later. Long runs keep learning a little.",
        "CosineDecayRestarts": "Leaves poor valleys by starting anew; the loss jumps at each restart.",
    },
}


def about(table: str, name: str) -> str:
    """When ``name`` of the catalogue's ``table`` helps and when it hurts; empty where nobody said."""
    return ABOUT.get(table, {}).get(name, "")
