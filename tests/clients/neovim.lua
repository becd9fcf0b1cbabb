-- Neovim with the language server: both diagnostics are shown, and the fix is applied.
--
--     cargo build --release && nvim --headless --clean -l tests/clients/neovim.lua     (Neovim 0.9 or later)
--     cargo build --release && nvim --headless --clean -c 'luafile tests/clients/neovim.lua'     (before)

local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

local function main()
  local path = vim.fn.tempname() .. ".md"
  vim.fn.writefile({ "🚒 The trench is 10 metres (53ft) deep." }, path)
  vim.cmd("edit " .. path)
  local binary = vim.fn.getcwd() .. "/target/release/crossfoot"
  local client = vim.lsp.start_client({ name = "crossfoot", cmd = { binary, "lsp" }, root_dir = vim.fn.fnamemodify(path, ":h") })
  vim.lsp.buf_attach_client(0, client)
  if not vim.wait(10000, function() return #vim.diagnostic.get(0) == 2 end, 20) then
    return fail("no two diagnostics: " .. vim.inspect(vim.diagnostic.get(0)))
  end
  for _, one in ipairs(vim.diagnostic.get(0)) do
    io.stdout:write(string.format("%d:%d-%d %s\n", one.lnum + 1, one.col + 1, one.end_col + 1, one.message))
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(), context = { diagnostics = {} },
    range = { start = { line = 0, character = 30 }, ["end"] = { line = 0, character = 30 } } }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 5000)
  local action = answers[client].result[1]
  io.stdout:write(action.title .. "\n")
  vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
  local line = vim.api.nvim_buf_get_lines(0, 0, 1, true)[1]
  io.stdout:write(line .. "\n")
  if line ~= "🚒 The trench is 10 metres (33ft) deep." then return fail("the fix was not applied") end
  if not vim.wait(10000, function() return #vim.diagnostic.get(0) == 0 end, 20) then return fail("diagnostics stay") end
  io.stdout:write("fixed\n")
  vim.lsp.stop_client(client)
  vim.cmd("qall!")
end

local good, message = pcall(main)
if not good then fail(message) end
