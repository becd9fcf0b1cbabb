// The review page in headless Chromium: a conflict is opened and decided on, the page is loaded anew, the decision stands and
// `check` exits with 0; an edit on disk shows within a second; a draft full of markup and 5,000 figures stays safe and usable.
// Screenshots go to the folder that is named, for people to look at.
//
//     npm install playwright-core      (in a folder of its own: NODE_PATH does not count for modules, so run it from there)
//     cargo build --release && node /path/to/tests/clients/review.mjs REPOSITORY SCREENSHOTS [CHROMIUM]

import assert from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const { chromium } = createRequire(path.join(process.cwd(), "any.js"))("playwright-core");
const [root, screenshots, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const binary = path.join(root, "target/release/crossfoot");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "review-"));
fs.mkdirSync(screenshots, { recursive: true });

const serve = (...args) => new Promise((resolve) => {
  const server = spawn(binary, ["review", "--no-config", ...args], { cwd: folder });
  server.stdout.once("data", (line) => resolve({ server, address: String(line).trim() }));
});
const check = (name) => spawnSync(binary, ["check", "--no-config", name], { cwd: folder }).status;
const right = "The trench is 10 metres (33ft) deep.\n\nThe dam is 5 miles (8km) long.\n";
const wrong = "# Floods\n\nThe trench is 10 metres (53ft) deep.\n\nThe dam is 5 miles (18km) long.\n";
fs.writeFileSync(path.join(folder, "a.md"), wrong);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const { server, address } = await serve("a.md");
  const context = await browser.newContext();
  const page = await context.newPage();
  const failed = [];
  page.on("pageerror", (error) => failed.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") failed.push(message.text()); });
  await page.goto(address);
  assert.equal(await page.locator(".card").count(), 2);
  assert.equal(check("a.md"), 1);

  // By keyboard to the first conflict, and its figures are lit.
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("a.figure.lit").count(), 2);
  // Without a reason it does not stand.
  await page.locator(".card").first().getByRole("button", { name: "Stands" }).click();
  assert.equal(fs.existsSync(path.join(folder, "crossfoot.decisions.toml")), false);
  await page.locator(".card").first().getByLabel("reason").fill("measured by a \"surveyor\" <b>");
  await page.locator(".card").first().getByRole("button", { name: "Stands" }).click();
  await page.locator(".card.settled").waitFor();
  await page.reload();
  assert.equal(await page.locator(".card.settled .decided").innerText(), "Stands: measured by a \"surveyor\" <b>");
  await page.locator(".card").nth(1).getByRole("button", { name: "Both stand" }).click();
  await page.locator(".card.settled").nth(1).waitFor();
  assert.equal(check("a.md"), 0);
  console.log("a decision stands after a reload, and check exits with 0");

  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} pixels at ${width}`);
      await page.screenshot({ path: path.join(screenshots, `review-${width}-${colorScheme}.png`) });
    }
  }

  // The page follows the draft.
  const start = Date.now();
  fs.writeFileSync(path.join(folder, "a.md"), right);
  await page.locator(".fixed li").nth(1).waitFor({ timeout: 5000 });
  const waited = Date.now() - start;
  console.log(`an edit shows after ${waited} ms, and ${await page.locator(".fixed li").count()} conflicts are green`);
  assert.ok(waited < 1000, `${waited} ms`);
  assert.deepEqual(failed, []);
  server.kill();

  // Another tab with another token is not let in.
  const other = await serve("a.md");
  const refused = await page.goto(other.address.replace(/token=.*/, "token=0"));
  assert.equal(refused.status(), 403);
  other.server.kill();

  const evil = "<script>window.hit = 1</script> \"onclick='x' </p></style><img src=x onerror='window.hit=1'> \u202eright\u202c שלום ";
  const lines = Array.from({ length: 2500 }, (_, n) => `Ward ${n} lost ${n + 3} houses and ${n + 9} sheds.`);
  fs.writeFileSync(path.join(folder, "evil.txt"), `${evil}\n\nThe trench is 10 metres (53ft) deep.\n\n${lines.join("\n\n")}\n\n${evil} killed 7.\n`);
  const large = await serve("evil.txt");
  const begun = Date.now();
  // Thousands of like figures are held against one another, which takes its time.
  await page.goto(large.address, { timeout: 300000 });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("a.figure.lit").count(), 2);
  const figures = await page.locator(".figure").count();
  console.log(`${figures} figures of a hostile draft are shown and the first conflict is opened in ${Date.now() - begun} ms`);
  assert.ok(figures >= 5000);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("article script, article img, article [onclick]").count(), 0);
  await page.screenshot({ path: path.join(screenshots, "review-hostile.png") });
  large.server.kill();
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}
