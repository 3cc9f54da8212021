export { Client } from "basic-ftp";
