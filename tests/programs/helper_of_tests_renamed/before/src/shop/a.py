import utils
A = utils.f()
