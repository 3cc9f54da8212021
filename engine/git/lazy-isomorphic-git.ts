export { default as git } from "isomorphic-git";
