//! The language server: what is found in the drafts that are open in an editor, while they are written.

mod actions;
mod diagnostics;
mod draft;
mod figures;
mod lines;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandOptions, ExecuteCommandParams, HoverParams, HoverProviderCapability,
    InitializeParams, MessageType, OneOf, PublishDiagnosticsParams, ServerCapabilities, ShowDocumentParams,
    ShowMessageParams, TextDocumentIdentifier, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::inspect::Inspector;
use crate::review::known::Followed;
use draft::Draft;

/// The name under which diagnostics are shown.
const SOURCE: &str = "crossfoot";
/// The command that shows a place.
const OPEN: &str = "crossfoot.open";
/// So long the server waits for the next change before it checks a draft: whoever types fast is not slowed down.
const PAUSE: Duration = Duration::from_millis(5);
/// So long nothing must be said before the server looks what was decided elsewhere.
const LOOK: Duration = Duration::from_millis(500);

/// Why the server ended before it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum LspError {
    /// The editor broke the protocol, or has gone.
    #[error("the editor broke the protocol: {0}")]
    Protocol(#[from] ProtocolError),
    /// The configuration is broken.
    #[error("{0}")]
    Configuration(String),
}

/// Serves one editor until it says goodbye. `inspector` is made for the folder that the editor has open.
pub fn serve(
    connection: &Connection,
    inspector: impl FnOnce(Option<&Path>) -> Result<Inspector, String>,
) -> Result<(), LspError> {
    let (id, parameters) = connection.initialize_start()?;
    let parameters: InitializeParams = serde_json::from_value(parameters).unwrap_or_default();
    let mut inspector = match inspector(root(&parameters).as_deref()) {
        Ok(inspector) => inspector,
        Err(message) => {
            let response = Response::new_err(id, ErrorCode::RequestFailed as i32, message.clone());
            let _ = connection.sender.send(response.into());
            // Said aloud too; and when this is taken, the response has been written.
            let shown = ShowMessageParams { typ: MessageType::ERROR, message: message.clone() };
            let shown = Notification::new("window/showMessage".to_owned(), shown);
            let _ = connection.sender.send(shown.into());
            return Err(LspError::Configuration(message));
        }
    };
    inspector.checker.remember();
    let window = parameters.capabilities.window.as_ref();
    let opens = window.and_then(|window| window.show_document.as_ref()).is_some_and(|shown| shown.support);
    let about = serde_json::json!({
        "capabilities": capabilities(opens),
        "serverInfo": {"name": SOURCE, "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, about)?;
    let let_be = Followed::new(&inspector.config);
    let (drafts, changed) = (HashMap::new(), Vec::new());
    let mut server = Server { connection, inspector, let_be, opens, drafts, changed, asked: 0 };
    server.look();
    server.run()
}

/// The folder that the editor has open.
#[allow(deprecated)] // Editors still say it in the old ways.
fn root(parameters: &InitializeParams) -> Option<PathBuf> {
    let folder = parameters.workspace_folders.as_ref().and_then(|folders| Some(&folders.first()?.uri));
    if let Some(uri) = folder.or(parameters.root_uri.as_ref()) {
        return Some(PathBuf::from(draft::path(uri)));
    }
    parameters.root_path.as_ref().map(PathBuf::from)
}

fn capabilities(opens: bool) -> ServerCapabilities {
    let fixes =
        CodeActionOptions { code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]), ..CodeActionOptions::default() };
    let commands = ExecuteCommandOptions { commands: vec![OPEN.to_owned()], ..ExecuteCommandOptions::default() };
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(fixes)),
        document_symbol_provider: Some(OneOf::Left(true)),
        execute_command_provider: opens.then_some(commands),
        ..ServerCapabilities::default()
    }
}

struct Server<'a> {
    connection: &'a Connection,
    inspector: Inspector,
    /// What the baseline and the decisions let be.
    let_be: Followed,
    /// Whether the editor can be asked to show a place.
    opens: bool,
    drafts: HashMap<String, Draft>,
    /// The addresses of drafts whose diagnostics are not those of their text.
    changed: Vec<Uri>,
    /// How many requests were sent.
    asked: i32,
}

impl Server<'_> {
    fn run(&mut self) -> Result<(), LspError> {
        let mut early = None;
        loop {
            let message = match early.take() {
                Some(message) => message,
                None => match self.connection.receiver.recv_timeout(LOOK) {
                    Ok(message) => message,
                    // The editor has gone without a word.
                    Err(error) if error.is_disconnected() => return Ok(()),
                    Err(_) => {
                        self.look();
                        self.publish();
                        continue;
                    }
                },
            };
            match message {
                Message::Request(request) => {
                    // An editor that has gone after its goodbye has ended as well as one that said the last word too.
                    if !matches!(self.connection.handle_shutdown(&request), Ok(false)) {
                        return Ok(());
                    }
                    self.answer(request);
                }
                Message::Notification(notification) => self.take(notification),
                Message::Response(_) => {}
            }
            if !self.changed.is_empty() {
                early = self.connection.receiver.recv_timeout(PAUSE).ok();
                if !matches!(early, Some(Message::Notification(_))) {
                    self.publish();
                }
            }
        }
    }

    /// Looks whether somebody has decided on a conflict, or written a baseline, meanwhile.
    fn look(&mut self) {
        match self.let_be.look() {
            Ok(false) => {}
            Ok(true) => {
                for draft in self.drafts.values_mut() {
                    draft.forget();
                }
                let open: Vec<Uri> = self.drafts.values().map(|draft| draft.uri.clone()).collect();
                for uri in open {
                    self.changed(uri);
                }
            }
            // What was let be before still is.
            Err(error) => {
                let shown = ShowMessageParams { typ: MessageType::WARNING, message: error.to_string() };
                self.send(Notification::new("window/showMessage".to_owned(), shown));
            }
        }
    }

    /// Takes in what the editor tells. What cannot be read is let be: there is nobody to answer.
    fn take(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                let Ok(DidOpenTextDocumentParams { text_document: it }) = serde_json::from_value(params) else {
                    return;
                };
                let draft = Draft::new(it.uri.clone(), &it.language_id, it.version, it.text);
                self.drafts.insert(it.uri.as_str().to_owned(), draft);
                self.changed(it.uri);
            }
            "textDocument/didChange" => {
                let Ok(it) = serde_json::from_value::<DidChangeTextDocumentParams>(params) else { return };
                let Some(draft) = self.drafts.get_mut(it.text_document.uri.as_str()) else { return };
                draft.version = it.text_document.version;
                it.content_changes.into_iter().for_each(|change| draft.edit(change));
                self.changed(it.text_document.uri);
            }
            "textDocument/didClose" => {
                let Ok(DidCloseTextDocumentParams { text_document: it }) = serde_json::from_value(params) else {
                    return;
                };
                self.drafts.remove(it.uri.as_str());
                self.changed(it.uri);
            }
            _ => {}
        }
    }

    fn changed(&mut self, uri: Uri) {
        if !self.changed.contains(&uri) {
            self.changed.push(uri);
        }
    }

    /// Sends the diagnostics of all drafts that were changed; none of one that was closed.
    fn publish(&mut self) {
        let let_be = self.let_be.known();
        for uri in std::mem::take(&mut self.changed) {
            let (mut diagnostics, mut version) = (Vec::new(), None);
            if let Some(draft) = self.drafts.get_mut(uri.as_str()) {
                draft.checked(&self.inspector, &let_be);
                version = Some(draft.version);
                diagnostics = draft.known().map(|known| diagnostics::diagnostics(draft, known)).unwrap_or_default();
            }
            let params = PublishDiagnosticsParams { uri, diagnostics, version };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let response = match method.as_str() {
            "textDocument/hover" => self.respond(id, params, |server, it: HoverParams| {
                let it = it.text_document_position_params;
                server.on(&it.text_document, |draft, checked| figures::hover(draft, checked, it.position)).flatten()
            }),
            "textDocument/documentSymbol" => self.respond(id, params, |server, it: DocumentSymbolParams| {
                server.on(&it.text_document, figures::symbols).map(DocumentSymbolResponse::Nested)
            }),
            "textDocument/codeAction" => self.respond(id, params, |server, it: CodeActionParams| {
                let opens = server.opens;
                let actions = server.on(&it.text_document, |draft, checked| {
                    let bytes = draft.lines.bytes(&draft.text, it.range);
                    actions::actions(draft, checked, &bytes, opens)
                });
                let only = it.context.only.unwrap_or_default();
                let fixes = only.is_empty() || only.contains(&CodeActionKind::QUICKFIX);
                let actions = actions.filter(|_| fixes).unwrap_or_default();
                actions.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>()
            }),
            "workspace/executeCommand" => self.respond(id, params, Self::execute),
            _ => Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("there is no {method} here")),
        };
        self.send(response);
    }

    /// A response to a request whose parameters are as they must be, or else what is wrong with them.
    fn respond<P: DeserializeOwned, R: Serialize>(
        &mut self,
        id: RequestId,
        parameters: serde_json::Value,
        answer: impl FnOnce(&mut Self, P) -> R,
    ) -> Response {
        match serde_json::from_value(parameters) {
            Ok(parameters) => {
                let result = answer(self, parameters);
                Response::new_ok(id, result)
            }
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// Does something with an open draft that was checked.
    fn on<T>(
        &mut self,
        document: &TextDocumentIdentifier,
        work: impl FnOnce(&Draft, &draft::Checked) -> T,
    ) -> Option<T> {
        let draft = self.drafts.get_mut(document.uri.as_str())?;
        draft.checked(&self.inspector, &self.let_be.known());
        let checked = draft.known()?;
        Some(work(draft, checked))
    }

    /// Asks the editor to show a place.
    fn execute(&mut self, it: ExecuteCommandParams) -> Option<()> {
        let mut arguments = it.arguments.into_iter();
        let uri: Uri = serde_json::from_value(arguments.next()?).ok()?;
        let selection: lsp_types::Range = serde_json::from_value(arguments.next()?).ok()?;
        let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: Some(selection) };
        self.asked += 1;
        self.send(Request::new(self.asked.into(), "window/showDocument".to_owned(), params));
        None
    }

    /// Sends a message. That nobody is there to take it is found out when the next one is waited for.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }
}
