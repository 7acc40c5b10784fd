from logging import getLogger
log = getLogger(__name__)
def f():
    log.debug("seen")
