// Puts the few front-end files that the pages use where Django's static files look for them.
// Nothing is bundled or changed, but for the pointers to source maps: those maps are not shipped,
// and the static files' manifest refuses a pointer to a file that is not there.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "huiyin", "components", "static", "vendor");
const files = [
  "@tabler/core/dist/css/tabler.min.css",
  "@tabler/core/dist/js/tabler.min.js",
  "echarts/dist/echarts.min.js",
];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const file of files) {
  const text = readFileSync(join(here, "node_modules", file), "utf8");
  writeFileSync(
    join(target, basename(file)),
    text.replace(/\n?(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ ?\*\/)/g, "")
  );
}
console.log(`${files.length} front-end files in huiyin/components/static/vendor`);
