"""Where files lie: the layout that the storage backends share."""
