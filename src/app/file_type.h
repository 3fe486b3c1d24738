/* What a file is by its bytes, and photos without what they tell beside the picture. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/* The one type that both the declared type and the bytes allow ("image/jpeg"); NULL where it is not accepted or the two do not agree. */
const char *file_type(const char *declared, const unsigned char *bytes, size_t size);
bool file_is_photo(const char *type);

/* A photo without Exif, XMP, IPTC, comments, texts and appended pictures: where and by which phone it was made. How it is to be turned (Exif
 * orientation, JPEG) stays. Other types stay as they are. In the arena or the bytes given; NULL where the photo is broken. */
const unsigned char *file_strip(struct arena *arena, const char *type, const unsigned char *bytes, size_t *size);
