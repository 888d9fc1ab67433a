// Runs `main` of a Python program on Pyodide, CPython without threads and sockets, and prints its result. Deprecations
// are errors. `node pyodide.mjs PROGRAM FOLDER…`, with the folders as import path.
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [program, ...folders] = process.argv.slice(2);
try {
  const python = await loadPyodide();
  folders.forEach((folder, index) => {
    python.FS.mkdirTree(`/path/${index}`);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, `/path/${index}`);
    python.runPython(`import sys; sys.path.insert(${index}, "/path/${index}")`);
  });
  python.runPython("import warnings; warnings.simplefilter('error')");
  const source = readFileSync(program, "utf8");
  console.log(await python.runPythonAsync(`${source}\nawait main()\n`, { filename: program }));
} catch (problem) {
  console.error(problem.message);
  process.exitCode = 1;
}
