"""Page images: pure functions from array to array plus what was found."""
