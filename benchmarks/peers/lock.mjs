// Takes the addresses that npm writes out of the lock files of the folders that are named.
import { readFile, writeFile } from 'node:fs/promises'

for (const folder of process.argv.slice(2)) {
  const file = `${folder}/package-lock.json`
  const lock = JSON.parse(await readFile(file))
  for (const pinned of Object.values(lock.packages)) delete pinned.funding
  await writeFile(file, JSON.stringify(lock, null, 2) + '\n')
}
