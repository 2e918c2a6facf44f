// SPDX-License-Identifier: Apache-2.0
// Opens the pages in headless Chromium and uses them: from an event to its marked evidence, the parts left out, keys, no JavaScript.
//   CASUS_PROGRAM=…/casus CASUS_EXAMPLES=…/examples node browser_test.mjs    a record built from the examples (or CASUS_RECORD=file)
//   CASUS_SERVE=…/serve_dev node browser_test.mjs                            the invented sample
// Screenshots go to CASUS_SCREENSHOTS. Exit codes: 0 passed, 1 failed, 77 skipped.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const environment = process.env;
const chromiumPath = environment.CASUS_CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const sample = Boolean(environment.CASUS_SERVE);
const name = sample ? "sample" : "record";

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

if (!chromiumPath) skip("no Chromium on this machine (Debian: apt-get install chromium)");
let chromium;
let axeSource;
try {
  ({ chromium } = require("playwright-core"));
  axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
} catch {
  skip("playwright-core or axe-core is missing (npm ci)");
}

let failures = 0;
function check(holds, what) {
  if (!holds) ++failures;
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
}

const scratch = mkdtempSync(join(tmpdir(), "casus-browser-"));

function command() {
  if (sample) return [environment.CASUS_SERVE, ["0", "60"]];
  const program = environment.CASUS_PROGRAM;
  if (!program || !existsSync(program)) skip("CASUS_PROGRAM does not name the program");
  let record = environment.CASUS_RECORD;
  if (!record) {
    record = join(scratch, "examples.db");
    const added = spawnSync(program, ["add", record, environment.CASUS_EXAMPLES], { encoding: "utf8" });
    if (added.status !== 0 && added.status !== 3) throw new Error(`casus add ended with ${added.status}: ${added.stderr}`);
  }
  return [program, ["serve", record, "--port", "0"]];
}

async function startServer() {
  const [program, parameters] = command();
  const server = spawn(program, parameters, { stdio: ["pipe", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout }).on("line", (line) => /^http:/.test(line) && resolve(line.trim().replace(/\/$/, "")));
    setTimeout(() => reject(new Error("the server did not say its address")), 20000).unref();
  });
  return { server, url };
}

// A page that reports whatever goes wrong in it: console errors, violations of the policy, requests to elsewhere.
async function watched(browser, origin, options, expectMissing = false) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (expectMissing && /status of 4\d\d/.test(message.text())) return;
    wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) wrong.push(`request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left behind while its parts still load is no fault.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  return { context, page, wrong };
}

// axe as a string in the page's own world: the policy forbids scripts from anywhere else, the browser's own protocol may still run them.
async function accessible(page, what) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { passes, violations } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } });
    if (passes.length < 10) return ["axe hardly looked at anything"];
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ""}`).join(" | ")}`);
  });
  check(found.length === 0, `${what}: no serious violation of accessibility${found.map((line) => `\n       ${line}`).join("")}`);
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

async function addresses(page, origin) {
  await page.goto(`${origin}/`);
  const event = await page.locator(".event .why").first().getAttribute("href");
  const article = (await page.locator(".event h3 a").first().getAttribute("href")).split("#")[0];
  const word = (await page.locator(".event .party").first().innerText()).split(" ").pop();
  return { home: "/", article, event, search: `/search?q=${encodeURIComponent(word)}`, articles: "/articles", record: "/record", missing: "/event/ffffff" };
}

async function eachPage(browser, origin, screenshots) {
  const { context, page, wrong } = await watched(browser, origin, { viewport: { width: 1280, height: 900 } }, true);
  const pages = await addresses(page, origin);
  await context.close();
  check(wrong.length === 0, `the first visit is quiet ${wrong.join("; ")}`);
  const looks = [
    ["light", 1280, 900],
    ["dark", 1280, 900],
    ["light", 375, 800],
  ];
  for (const [scheme, width, height] of looks) {
    const view = await watched(browser, origin, { colorScheme: scheme, viewport: { width, height }, reducedMotion: "reduce" }, true);
    for (const [key, address] of Object.entries(pages)) {
      const response = await view.page.goto(origin + address);
      const what = `${key}, ${scheme}, ${width} px`;
      check(response.status() === (key === "missing" ? 404 : 200), `${what}: answers`);
      check((response.headers()["content-security-policy"] ?? "").startsWith("default-src 'none'"), `${what}: has its policy`);
      check(await fits(view.page), `${what}: needs no sideways scrolling`);
      await accessible(view.page, what);
      await view.page.screenshot({ path: join(screenshots, `${name}-${key}-${scheme}-${width}.png`), fullPage: key !== "home" });
    }
    check(view.wrong.length === 0, `${scheme}, ${width} px: nothing wrong ${view.wrong.join("; ")}`);
    await view.context.close();
  }
  return pages;
}

async function fromEventToEvidence(browser, origin, javaScriptEnabled) {
  const { context, page, wrong } = await watched(browser, origin, { javaScriptEnabled });
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";
  await page.goto(`${origin}/`);
  const card = page.locator(".event").first();
  const quote = (await card.locator("blockquote").innerText()).trim();
  await card.locator("h3 a").click();
  await page.waitForURL(/\/article\/[0-9a-f]+#event-[0-9a-f]+$/);
  const id = new URL(page.url()).hash.slice("#event-".length);
  const target = page.locator(`[id="event-${id}"]`);
  check((await target.count()) === 1, `${how}: the event leads to one place in its article`);
  check(await target.evaluate((element) => element.closest("mark") !== null), `${how}: which is marked`);
  check(await target.evaluate((element) => element.closest("mark").matches(":target, :has(:target)")), `${how}: and the address picks it`);
  const box = await target.boundingBox();
  check(box !== null && box.y >= 0 && box.y < 900, `${how}: and scrolled to`);
  const marked = javaScriptEnabled
    ? await page.evaluate((event) => {
        const marks = [...document.querySelectorAll("mark[data-events]")].filter((mark) => mark.dataset.events.split(" ").includes(event));
        return { text: marks.map((mark) => mark.textContent).join(""), lit: marks.every((mark) => mark.classList.contains("lit")) };
      }, id)
    : null;
  if (marked) {
    check(marked.lit, `${how}: all its pieces light up`);
    check(marked.text.replace(/\s+/g, " ").trim() === quote.replace(/\s+/g, " "), `${how}: what is marked is the quote, character by character`);
  }
  const removed = page.locator("#removed details");
  if ((await removed.count()) > 0) {
    check(!(await removed.locator("li").first().isVisible()), `${how}: what was left out is folded away`);
    await removed.locator("summary").click();
    check(await removed.locator("li").first().isVisible(), `${how}: and there on demand`);
    check((await removed.locator("li .reason").first().innerText()).length > 0, `${how}: with its reason`);
  } else {
    check(!sample, `${how}: the sample has parts that were left out`);
  }
  await page.locator(`[id="note-${id}"]`).evaluate((note) => note.closest("details")?.setAttribute("open", ""));
  await page.locator(`[id="note-${id}"] .why`).click();
  await page.waitForURL(/\/event\/[0-9a-f]+$/);
  check((await page.locator("#sentence").count()) === 1, `${how}: the why shows the sentence`);
  check((await page.locator("#sentence .r-trigger").count()) >= 1, `${how}: with the words that say what happened`);
  check((await page.locator(".step").count()) > 0, `${how}: and the steps`);
  if (!javaScriptEnabled) {
    await page.goto(`${origin}/search`);
    await page.locator("#f-status").selectOption("happened");
    await page.locator("form.search button").click();
    await page.waitForURL(/status=happened/);
    check((await page.locator(".event").count()) > 0, `${how}: the search form works`);
  }
  check(wrong.length === 0, `${how}: nothing wrong ${wrong.join("; ")}`);
  await context.close();
}

async function keys(browser, origin) {
  const { context, page, wrong } = await watched(browser, origin, {});
  await page.goto(`${origin}/`);
  const at = () => page.evaluate(() => [...document.querySelectorAll(".event")].indexOf(document.activeElement));
  await page.keyboard.press("j");
  check((await at()) === 0, "j goes to the first event");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  check((await at()) === 0, "k goes back");
  await page.keyboard.press("?");
  check(await page.locator("dialog#keys").isVisible(), "? explains the keys");
  await accessible(page, "the help");
  await page.keyboard.press("Escape");
  check(!(await page.locator("dialog#keys").isVisible()), "Escape closes it");
  await page.keyboard.press("/");
  check((await page.evaluate(() => document.activeElement.id)) === "find", "/ goes to the search");
  await page.keyboard.type("j?");
  check((await page.locator("#find").inputValue()) === "j?", "where letters are letters");
  await page.goto(`${origin}/`);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/event\//);
  check(true, "Enter opens the why");
  await page.goto(`${origin}/`);
  await page.keyboard.press("Tab");
  check((await page.evaluate(() => document.activeElement.className)) === "skip", "the first Tab offers to skip the navigation");
  await page.keyboard.press("Enter");
  check((await page.evaluate(() => document.activeElement.id)) === "main", "and does");
  check(wrong.length === 0, `keys: nothing wrong ${wrong.join("; ")}`);
  await context.close();
}

async function hovering(browser, origin, article) {
  const { context, page, wrong } = await watched(browser, origin, { viewport: { width: 1280, height: 900 } });
  await page.goto(origin + article);
  const mark = page.locator("mark[data-events]").first();
  const id = (await mark.getAttribute("data-events")).split(" ")[0];
  await mark.hover();
  check(await page.locator(`[id="note-${id}"]`).evaluate((note) => note.classList.contains("lit")), "pointing at evidence lights up its event");
  await page.mouse.move(2, 2);
  check(!(await mark.evaluate((element) => element.classList.contains("lit"))), "and leaves it again");
  check(wrong.length === 0, `hovering: nothing wrong ${wrong.join("; ")}`);
  await context.close();
}

// Scripts in titles, names and texts of the sample must stay text; `wrong` would hold their dialogs and requests.
async function hostile(browser, origin) {
  const { context, page, wrong } = await watched(browser, origin, {});
  await page.goto(`${origin}/search?q=${encodeURIComponent("<h1>the opposition</h1>")}`);
  check((await page.locator(".event").count()) === 1, "the hostile article is found");
  await page.locator(".event h3 a").click();
  check((await page.locator("h1").innerText()).includes("<script>alert('title')</script>"), "markup in a title is shown as text");
  check((await page.locator("article.article script, article.article img, article.article iframe, article.article style").count()) === 0, "and none of it is markup");
  check((await page.locator("a.outside").count()) === 0, "an address that is no web address is not linked");
  await page.waitForTimeout(200);
  check(wrong.length === 0, `hostile: nothing runs ${wrong.join("; ")}`);
  await context.close();
}

const { server, url } = await startServer();
const screenshots = environment.CASUS_SCREENSHOTS ?? join(scratch, "screenshots");
mkdirSync(screenshots, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const pages = await eachPage(browser, url, screenshots);
  await fromEventToEvidence(browser, url, true);
  await fromEventToEvidence(browser, url, false);
  await keys(browser, url);
  await hovering(browser, url, pages.article);
  if (sample) await hostile(browser, url);
} catch (error) {
  check(false, `the test itself: ${error.stack}`);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
  rmSync(scratch, { recursive: true, force: true });
}
console.log(failures === 0 ? `passed; screenshots in ${screenshots}` : `${failures} checks failed`);
process.exit(failures === 0 ? 0 : 1);
