export { type CFB$Container, parse } from "cfb";
