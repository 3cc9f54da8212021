/** The words that can begin a tag: Jinja's own, then Salt's. */
export const tagNames: readonly string[] = [
  ..."set if elif else endif for endfor macro endmacro call endcall filter endfilter with endwith raw endraw".split(
    " ",
  ),
  ..."block endblock extends include import from do break continue autoescape endautoescape endset".split(" "),
  ..."load_yaml load_json load_text endload import_yaml import_json import_text profile endprofile".split(" "),
];
