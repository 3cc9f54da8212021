"""Answers what the Salt of this interpreter makes of templates and YAML: cases as JSON lines in, answers as JSON lines out.

A case is {"id", "kind": "jinja" | "yaml" | "definition", "text", "profile", "context"}; an answer {"id"} with "text" or
"data" (tagged by Python type), or "error", or "skip" for what cannot be asked here.
"""

import json
import logging
import os
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import salt.config
import salt.loader
import salt.renderers.yaml
import salt.utils.data
import salt.utils.templates
import salt.utils.yamlloader
import salt.version


class Module:
    def __init__(self, functions, name):
        self._functions, self._name = functions, name

    def __getattr__(self, function):
        return self._functions[f"{self._name}.{function}"]


class Functions(dict):
    """The execution functions that read facts; remembers one that was asked for and is not here."""

    def __init__(self, profile):
        super().__init__()
        self.unknown = None
        traverse = salt.utils.data.traverse_dict_and_list

        def getter(source):
            return lambda key, default="", delimiter=":": traverse(source, key, default, delimiter)

        self["grains.get"] = getter(profile["grains"])
        self["pillar.get"] = getter(profile["pillar"])
        self["environ.get"] = lambda key, default="": profile["environment"].get(key, default)

    def __missing__(self, name):
        self.unknown = name
        raise KeyError(name)

    def __getattr__(self, name):
        return Module(self, name)


def tagged(value):
    if isinstance(value, str):
        return {"s": str(value)}
    if value is None:
        return {"n": None}
    if isinstance(value, bool):
        return {"b": value}
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": repr(value)}
    if isinstance(value, (list, tuple)) and not isinstance(value, tuple):
        return {"l": [tagged(item) for item in value]}
    if isinstance(value, dict):
        return {"m": [[tagged(key), tagged(item)] for key, item in value.items()]}
    return {"d": repr(value)}


def render(case, opts, profile):
    functions = Functions(profile)
    context = dict(case.get("context") or {})
    context.update(
        salt=functions,
        grains=json.loads(json.dumps(profile["grains"])),
        pillar=json.loads(json.dumps(profile["pillar"])),
        opts=opts,
        saltenv="base",
        sls="",
    )
    for name in ("tpldot", "slspath", "slsdotpath", "slscolonpath", "sls_path"):
        context[name] = ""
    context.update(tpldir=".", tplfile="case.sls", tplpath="/case.sls")
    try:
        return salt.utils.templates.render_jinja_tmpl(case["text"], context, tmplpath=None), None
    except Exception as exc:
        if functions.unknown:
            return None, {"skip": functions.unknown}
        return None, {"error": str(exc).split("\n")[0]}


def load(text):
    try:
        data = salt.utils.yamlloader.load(text, Loader=salt.renderers.yaml.get_yaml_loader(""))
        return {"data": tagged(data)}
    except Exception as exc:
        return {"error": f"{type(exc).__name__}: {exc}".split("\n")[0]}


salt.renderers.yaml.__opts__ = {}


def main():
    folder = tempfile.mkdtemp(prefix="winrepo-salt-")
    opts = salt.config.minion_config(None, minion_id="minion")
    opts.update(cachedir=folder, root_dir=folder, file_client="local", file_roots={"base": [folder]})
    profiles = json.loads(sys.stdin.readline())
    print(json.dumps({"version": salt.version.__version__}), flush=True)
    for line in sys.stdin:
        case = json.loads(line)
        answer = {"id": case["id"]}
        try:
            if case["kind"] == "yaml":
                answer.update(load(case["text"]))
            else:
                text, failure = render(case, opts, profiles[case["profile"]])
                if failure:
                    answer.update(failure)
                elif case["kind"] == "jinja":
                    answer["text"] = text
                else:
                    answer.update(load(text))
        except Exception as exc:
            answer["skip"] = f"{type(exc).__name__}: {exc}"
        print(json.dumps(answer), flush=True)


main()
