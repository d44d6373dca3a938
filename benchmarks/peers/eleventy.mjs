// Makes an order's variants with eleventy-img: node eleventy.mjs order.json
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import image from '@11ty/eleventy-img'

const { photos, output, widths, options } = JSON.parse(await readFile(process.argv[2]))

// One call a format, since the formats have different widths; eleventy-img queues the calls itself.
const develop = (photo, format) =>
  image(photo, {
    widths: widths[format],
    formats: [format],
    outputDir: output,
    useCache: false,
    sharpAvifOptions: options.avif,
    sharpJpegOptions: options.jpeg,
    filenameFormat: (id, src, width, format) => `${path.parse(src).name}-${width}.${format}`,
  })

await Promise.all(photos.flatMap((photo) => Object.keys(widths).map((format) => develop(photo, format))))
