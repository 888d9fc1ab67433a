// Headless Chromium that asks nobody for anything of its own.
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const opened = (executablePath) => chromium.launch({ executablePath, args: ARGUMENTS });
