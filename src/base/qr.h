/* QR codes for screens (ISO/IEC 18004, level M). */
#pragma once

#include "base/arena.h"

/* A code of a text as an SVG picture with the quiet zone that the standard asks for, dark on white whatever is around it. In the arena; NULL where the text is too long. */
const char *qr_svg(struct arena *arena, const char *text);
