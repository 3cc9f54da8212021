export type { TemplateHost, TemplateSource } from "./host.js";
export { type RenderedTemplate, type RenderTemplateOptions, renderTemplate } from "./render-template.js";
export { type ParsedTemplate, parseTemplate } from "./syntax/parser.js";
