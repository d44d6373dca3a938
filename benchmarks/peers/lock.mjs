// Takes the addresses that npm writes out of the lock file.
import { readFile, writeFile } from 'node:fs/promises'

const file = new URL('package-lock.json', import.meta.url)
const lock = JSON.parse(await readFile(file))
for (const pinned of Object.values(lock.packages)) delete pinned.funding
await writeFile(file, JSON.stringify(lock, null, 2) + '\n')
