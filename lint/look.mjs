// Opens a page in headless Chromium, as light, dark, narrow and printed, and says as JSON what it asked for, what is
// wrong with it, and if the changes begin below the first screen: node look.mjs CHROMIUM PAGE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { opened } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const VIEWS = {
  light: { width: 1280, height: 900, colorScheme: "light" },
  dark: { width: 1280, height: 900, colorScheme: "dark" },
  middling: { width: 820, height: 900, colorScheme: "dark" },
  narrow: { width: 360, height: 740, colorScheme: "light" },
  "narrow and dark": { width: 360, height: 740, colorScheme: "dark" },
  printed: { width: 1040, height: 720, colorScheme: "light", media: "print" },
};

const [chromium, file] = process.argv.slice(2);
const url = pathToFileURL(file).href;
const browser = await opened(chromium);
const page = await browser.newPage();
const requests = [], complaints = [];
page.on("request", (request) => requests.push(request.url()));
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
await page.goto(url);

const views = {};
for (const [name, { width, height, colorScheme, media = "screen" }] of Object.entries(VIEWS)) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, media });
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  views[name] = {
    violations: found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)}`),
    overflow: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    below: await page.evaluate(() => (document.getElementById("changes")?.getBoundingClientRect().top ?? 0) > innerHeight),
  };
}
await page.emulateMedia({ media: "screen" });
const outline = await page.locator("body").ariaSnapshot();
const reached = [];
for (let index = 0; index < 12; index += 1) {
  await page.keyboard.press("Tab");
  reached.push(await page.evaluate(() => document.activeElement.textContent.trim()));
}
await browser.close();
process.stdout.write(JSON.stringify({ requests: requests.filter((one) => one !== url), complaints, views, outline, reached }));
