"""Files and what their bytes say: the walk through folders, formats, Exif, XMP."""
