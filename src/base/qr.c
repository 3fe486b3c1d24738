#include "base/qr.h"

#include <qrencode.h>

#include "base/text.h"

enum { QUIET = 4 }; /* modules around it, as the standard asks for */

const char *qr_svg(struct arena *arena, const char *text)
{
	struct buf buf = {.arena = arena};
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code)
		return NULL;
	int side = code->width + 2 * QUIET;
	buf_print(&buf,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
		side, side, side, side);
	/* squares side by side are one */
	for (int line = 0; line < code->width; line++)
		for (int from = 0, to; from < code->width; from = to + 1) {
			for (to = from; to < code->width && code->data[line * code->width + to] & 1; to++)
				;
			if (to > from)
				buf_print(&buf, "M%d %dh%dv1h-%dz", from + QUIET, line + QUIET, to - from, to - from);
		}
	buf_text(&buf, "\"/></svg>");
	QRcode_free(code);
	return buf_end(&buf);
}
