// Makes an order's variants with sharp: node sharp.mjs order.json
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

const { photos, output, widths, options, settings } = JSON.parse(await readFile(process.argv[2]))
const { inFlight, concurrency, decodeOnce } = settings

sharp.cache(false)
if (concurrency) sharp.concurrency(concurrency)

// A function that starts a pipeline from the photo, upright: from its file, or from one decoded copy.
async function start(photo) {
  const upright = () => sharp(photo).autoOrient()
  if (!decodeOnce) return upright
  const width = Math.max(...Object.values(widths).flat())
  const { data, info } = await upright().resize({ width }).raw().toBuffer({ resolveWithObject: true })
  return () => sharp(data, { raw: info })
}

async function develop(photo) {
  const pipeline = await start(photo)
  const write = (format, width) =>
    pipeline()
      .resize({ width })
      .toFormat(format, options[format])
      .toFile(path.join(output, `${path.parse(photo).name}-${width}.${format}`))
  await Promise.all(Object.keys(widths).flatMap((format) => widths[format].map((width) => write(format, width))))
}

async function worker() {
  while (photos.length) await develop(photos.shift())
}

await Promise.all(Array.from({ length: inFlight }, worker))
