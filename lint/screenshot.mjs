// Takes a picture of a place on a page: node screenshot.mjs CHROMIUM PAGE ANCHOR PICTURE
import { pathToFileURL } from "node:url";
import { opened } from "./browser.mjs";

const [chromium, file, anchor, picture] = process.argv.slice(2);
const browser = await opened(chromium);
const page = await browser.newPage({ viewport: { width: 1200, height: 500 }, colorScheme: "light" });
await page.goto(`${pathToFileURL(file).href}#${anchor}`);
await page.evaluate(() => window.scrollBy(0, -200)); // what stands above it, too
await page.screenshot({ path: picture });
await browser.close();
