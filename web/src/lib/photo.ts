/* Makes a photo small enough for a bad line: 1,600 px on the long side, JPEG. Anything else passes as it is. */

const longest = 1600;

export async function shrink(file: File): Promise<Blob> {
	if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < 300_000)
		return file;
	try {
		const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
		const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(picture.width * scale);
		canvas.height = Math.round(picture.height * scale);
		canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
		picture.close();
		return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), 'image/jpeg', 0.82));
	} catch {
		return file;
	}
}
