export { default as nunjucks } from "nunjucks";
