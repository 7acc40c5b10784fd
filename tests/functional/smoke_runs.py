"""Small programs that use a package for real and print what came of it.

Owns which packages take part in the random plans, the folders that each installs, and its program.
A program names submodules as well as the package, prints nothing that depends on where a module
lies, and prints the same each time.
"""

# ruff: noqa: E501  (programs in strings)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SmokeRun:
    """What to copy of an installed distribution, and the program that uses it.

    `large` ones take part only in the nightly runs.
    """

    distribution: str
    folders: tuple[str, ...]
    program: str
    large: bool = False


_CLICK = """
import click
import click.core, click.types
from click.testing import CliRunner
from click import termui

@click.group()
@click.option("--loud/--quiet", default=False)
@click.pass_context
def cli(context, loud):
    "Says things."
    context.obj = loud

@cli.command()
@click.argument("name")
@click.option("--times", type=click.IntRange(1, 3), default=1, show_default=True)
@click.pass_obj
def greet(loud, name, times):
    for _ in range(times):
        click.echo(termui.style(name.upper() if loud else name, fg="red"))

for arguments in (["--help"], ["--loud", "greet", "ann", "--times", "2"], ["greet", "--times", "9"],
                  ["greet", "--help"], ["gret"]):
    result = CliRunner().invoke(cli, arguments)
    print(result.exit_code, result.output)
print(isinstance(greet, click.core.Command), click.types.INT)
"""

_HTTPX = """
import asyncio
import httpx
import httpx._models
from httpx import _status_codes as codes

def answer(request):
    if request.url.path == "/go":
        return httpx.Response(302, headers={"location": "/there"})
    if request.url.path == "/slow":
        raise httpx.ReadTimeout("too slow", request=request)
    return httpx.Response(200, json={"path": request.url.path, "q": request.url.params.get("q")})

with httpx.Client(transport=httpx.MockTransport(answer), base_url="https://example.org") as client:
    reply = client.get("/go", params={"q": "ü"}, follow_redirects=True)
    print(reply.status_code, reply.json(), [r.status_code for r in reply.history])
    print(client.post("/x", data={"a": "1"}).json(), isinstance(reply, httpx._models.Response))
    try:
        client.get("/slow")
    except httpx.TimeoutException as error:
        print("timeout", error)

async def main():
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        return (await client.get("https://example.org/a?q=1")).text

print(asyncio.run(main()), int(codes.codes.IM_A_TEAPOT), httpx.URL("https://ex.org/a").join("../b"))
"""

_JINJA2 = """
import jinja2
from jinja2 import sandbox, nodes
import jinja2.ext
from jinja2.loaders import DictLoader

loader = DictLoader({
    "base": "<{% block body %}{% endblock %}>",
    "page": "{% extends 'base' %}{% import 'macros' as m %}{% block body %}"
            "{% for i in items if i is odd %}{{ loop.index }}:{{ m.show(i) }} "
            "{% else %}none{% endfor %}{{ name|title|e }}{% endblock %}",
    "macros": "{% macro show(x) %}[{{ x }}]{% endmacro %}",
})
environment = jinja2.Environment(loader=loader, autoescape=True,
                                 extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
print(environment.get_template("page").render(items=range(5), name="a<b"))
print(environment.from_string("{% do xs.append(3) %}{{ xs|sum }}").render(xs=[1]))
try:
    sandbox.SandboxedEnvironment().from_string("{{ ''.__class__.mro() }}").render()
except jinja2.exceptions.SecurityError as error:
    print("refused", error)
try:
    environment.from_string("{% if %}")
except jinja2.TemplateSyntaxError as error:
    print(error.message, error.lineno)
print(len(list(environment.parse("{{ a.b }}").find_all(nodes.Getattr))), sorted(environment.filters)[:3])
"""

_ATTRS = """
import attr, attrs
from attr import validators, converters
import attr._make

@attrs.define(order=True)
class Point:
    x: int = attrs.field(validator=attrs.validators.instance_of(int), converter=int)
    y: int = 0
    tags: list = attrs.field(factory=list)

@attr.s(frozen=True, auto_attribs=True)
class Old:
    name: str = attr.ib(converter=converters.optional(str), default=None)

print(Point("1"), Point(1) < Point(2), attrs.asdict(Point(3, 4)), attr.evolve(Point(1), y=9))
print(Old(5), attr.fields(Old).name.default, attr._make.NOTHING)
for wrong in (lambda: Point("x"), lambda: setattr(Old(), "name", 1)):
    try:
        wrong()
    except (ValueError, attrs.exceptions.FrozenInstanceError) as error:
        print(type(error).__name__)
print(attrs.cmp_using(eq=lambda a, b: True)(1) == attrs.cmp_using(eq=lambda a, b: True)(2),
      validators.in_([1]) is not None)
"""

_H11 = """
import h11
from h11 import _abnf, _readers
import h11._state

client, server = h11.Connection(h11.CLIENT), h11.Connection(h11.SERVER)
wire = client.send(h11.Request(method="POST", target="/a", headers=[
    ("Host", "example.org"), ("Transfer-Encoding", "chunked")]))
wire += client.send(h11.Data(b"hello")) + client.send(h11.EndOfMessage())
server.receive_data(wire)
while True:
    event = server.next_event()
    print(event)
    if isinstance(event, h11.EndOfMessage):
        break
answer = server.send(h11.Response(status_code=200, headers=[("Content-Length", "2")], reason=b"OK"))
client.receive_data(answer + server.send(h11.Data(b"ok")) + server.send(h11.EndOfMessage()))
print([client.next_event() for _ in range(3)], client.our_state, server.our_state)
print(len(_abnf.request_line), sorted(map(str, _readers.READERS))[0], h11._state.IDLE)
try:
    h11.Connection(h11.CLIENT).send(h11.Data(b"x"))
except h11.LocalProtocolError as error:
    print(error)
"""

_TOMLKIT = '''
import tomlkit
import tomlkit.items
from tomlkit import parser, exceptions

document = tomlkit.parse("""# title
[a]   # table
x = 1 # one
when = 2020-01-01T00:00:00Z
list = [ 1,
  2 ]
[[b]]
c.d = 'e'
""")
document["a"]["x"] = 2
document["a"].add("y", [1, {"z": True}])
document["b"].append({"c": 1})
document.add(tomlkit.comment("end"))
print(tomlkit.dumps(document))
print(document.unwrap(), isinstance(document["a"]["x"], tomlkit.items.Integer))
try:
    parser.Parser("a = \\n").parse()
except exceptions.TOMLKitError as error:
    print(type(error).__name__, error)
'''

_PACKAGING = """
import packaging.version
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging import tags, utils, markers, metadata as details
import packaging.licenses

print(sorted(map(packaging.version.Version, ["1.0", "1.0rc1", "1!0.1", "1.0.post1", "0.9"])))
wanted = Requirement('name[extra]>=1,<2; python_version > "3" and os_name == "posix"')
print(wanted, wanted.marker.evaluate({"os_name": "posix"}), wanted.specifier.contains("1.5"))
print(list(SpecifierSet("~=1.4").filter(["1.3", "1.4.1", "2.0"])), utils.canonicalize_name("A_b.c"))
print(packaging.licenses.canonicalize_license_expression("mit or apache-2.0"))
print(sorted(map(str, tags.parse_tag("py2.py3-none-any"))), markers.default_environment()["os_name"])
print(details.parse_email("Metadata-Version: 2.1\\nName: x\\nVersion: 1\\n")[0])
try:
    packaging.version.Version("x")
except packaging.version.InvalidVersion as error:
    print(error)
"""

_MARKDOWN = '''
import markdown_it
from markdown_it import MarkdownIt, presets
from markdown_it.rules_inline import StateInline
import markdown_it.common.utils as common
from markdown_it.tree import SyntaxTreeNode

text = """# Head *one*

| a | b |
|---|:-:|
| 1 | `2` |

1. x
   > quote <b>html</b> ~~gone~~

[link](http://ex.org "t") &amp; \\\\* ![i](a.png)

```py
code
```
"""
for name in ("commonmark", "zero", "js-default", "gfm-like"):
    try:
        print(MarkdownIt(name, {"linkify": False}).enable("table", True).render(text))
    except ModuleNotFoundError as error:
        print(error.name)
print(SyntaxTreeNode(MarkdownIt().parse(text)).pretty()[:300])
print(common.escapeHtml("<&>"), StateInline.__name__, len(MarkdownIt().get_all_rules()["block"]))
'''

_JSONSCHEMA = """
import jsonschema
import jsonschema.validators
from jsonschema import Draft7Validator, exceptions, _utils

schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {"a": {"$ref": "#/$defs/small"}, "b": {"enum": [1, 2]}, "c": {"format": "ipv4"}},
    "required": ["a"],
    "unevaluatedProperties": False,
    "$defs": {"small": {"type": "integer", "maximum": 3}},
}
checker = jsonschema.FormatChecker()
validator = jsonschema.validators.validator_for(schema)(schema, format_checker=checker)
for value in ({"a": 1}, {"a": 9, "b": 3}, {"c": "x", "d": 1}, []):
    print(sorted((list(e.path), e.message) for e in validator.iter_errors(value)))
print(exceptions.best_match(Draft7Validator({"type": "string"}).iter_errors(1)).message)
print(_utils.equal([1, True], [1, 1]), jsonschema.exceptions.SchemaError is exceptions.SchemaError)
try:
    jsonschema.validate(1, {"type": "nothing"})
except jsonschema.SchemaError as error:
    print(error.message)
"""

_MISTUNE = '''
import mistune
from mistune.plugins.table import table
from mistune import html, create_markdown
import mistune.renderers.rst as rst
from mistune.directives import RSTDirective, Admonition
from mistune.toc import add_toc_hook

text = """# A *b*

| x | y |
|---|---|
| 1 | 2 |

- [ ] todo ~~x~~ [^1]

[^1]: note

.. note:: Title

   inside
"""
print(html(text))
print(create_markdown(plugins=[table, "strikethrough", "footnotes", "task_lists",
                               RSTDirective([Admonition()])])(text))
print(create_markdown(renderer=rst.RSTRenderer())(text))
markdown = create_markdown()
add_toc_hook(markdown)
print(markdown.parse("# one\\n## two")[1].env["toc_items"])
'''

_RICH = """
import io
import rich
from rich.console import Console
from rich.table import Table
from rich import box, markdown, syntax, pretty, traceback
import rich.progress_bar
import rich.tree as trees

out = Console(file=io.StringIO(), width=60, force_terminal=True, color_system="truecolor",
              legacy_windows=False)
table = Table(title="T", box=box.ROUNDED)
table.add_column("a", justify="right")
table.add_row("[bold red]1[/] :smiley:", end_section=True)
tree = trees.Tree("root")
tree.add("leaf").add("[i]deep[/i]")
for thing in (table, tree, markdown.Markdown("# H\\n* x `y`\\n\\n1. z"), pretty.Pretty({"k": [1, "é"] * 9}),
              syntax.Syntax("def f(): return 1", "python"), rich.progress_bar.ProgressBar(10, 4),
              "[u]漢字[/] 12.5 True 'str'"):
    out.print(thing)
print(out.file.getvalue())
print(rich.get_console() is rich.get_console(), traceback.Traceback.__name__)
print(rich.print.__name__, Console(record=True, file=io.StringIO()).export_text())
"""

_PYGMENTS = """
import pygments
from pygments import lexers, formatters, styles, filters
from pygments.lexers import PythonLexer, get_lexer_by_name, guess_lexer_for_filename
import pygments.lexers.web
from pygments.formatters.html import HtmlFormatter

code = 'def f(x):\\n    return f"{x!r}" + "é"  # why\\n'
print(pygments.highlight(code, PythonLexer(), HtmlFormatter(linenos=True, style="monokai")))
for name, text in (("json", '{"a": [1, null]}'), ("html", "<a href='x'>b</a><script>let a=1</script>"),
                   ("bash", "for x in *; do echo $x; done"), ("sql", "select 1 from t"),
                   ("c", "int main(){return 0;}"), ("rust", "fn main() {}"), ("yaml", "a: [1]"),
                   ("toml", "a = 1"), ("jinja", "{{ x }}"), ("lua", "local x = 1")):
    for kind in ("null", "raw", "terminal256", "latex", "svg"):
        print(pygments.highlight(text, get_lexer_by_name(name), formatters.get_formatter_by_name(kind)))
print(guess_lexer_for_filename("a.php", "<?php echo 1;").name, len(list(lexers.get_all_lexers())))
print([styles.get_style_by_name(s).background_color for s in sorted(styles.get_all_styles())])
print(pygments.lexers.web.HtmlLexer.name, sorted(filters.get_all_filters()))
"""

_LARK = '''
import lark
from lark import Lark, Transformer, v_args, tree
from lark.visitors import Interpreter
import lark.parsers.earley

grammar = """
start: expr
?expr: expr "+" term -> add | term
?term: term "*" atom -> mul | atom
?atom: NUMBER -> number | "(" expr ")"
%import common.NUMBER
%import common.WS
%ignore WS
"""
@v_args(inline=True)
class Sum(Transformer):
    from operator import add, mul
    number = float
    start = lambda self, x: x

for parser in ("earley", "lalr", "cyk"):
    made = Lark(grammar, parser=parser)
    parsed = made.parse("1 + 2 * (3 + 4)")
    print(Sum().transform(parsed), parsed.pretty() if parser == "lalr" else "")
try:
    Lark(grammar, parser="lalr").parse("1 + ")
except lark.exceptions.UnexpectedInput as error:
    print(type(error).__name__)
print(isinstance(parsed, tree.Tree), Interpreter.__name__, Lark(grammar).grammar is not None)
'''

_MAKO = '''
import mako.runtime
from mako.template import Template
from mako.lookup import TemplateLookup
from mako import exceptions, filters

lookup = TemplateLookup(default_filters=["str", "h"])
lookup.put_string("base", "<${self.body()}>")
lookup.put_string("page", """<%inherit file="base"/>
<%def name="show(x)" filter="trim">  [${x}]  </%def>
<%namespace name="other" file="other"/>
% for i in range(3):
${loop.index}:${show(i)} ${other.f(i)}
% endfor
${"<a>" | u} ${"<b>"}""")
lookup.put_string("other", """<%def name="f(n)">${n * 2}</%def>""")
print(lookup.get_template("page").render())
for text in ("% if", "${x", "<%foo>"):
    try:
        print(Template(text).render())
    except exceptions.MakoException as error:
        print(type(error).__name__)
print(filters.html_escape("<"), mako.runtime.UNDEFINED.__class__.__name__)
'''

_DISHKA = """
import asyncio
import dishka
from dishka import Provider, Scope, make_container, make_async_container, provide
from dishka.exceptions import NoFactoryError
import dishka.plotter as plotter

class Config: ...
class Base: ...
class Store(Base):
    def __init__(self, config: Config) -> None:
        self.config = config

class Main(Provider):
    scope = Scope.APP
    config = provide(Config)

    @provide(scope=Scope.REQUEST)
    def number(self, store: Store) -> int:
        return 7 if isinstance(store.config, Config) else 0

    store = provide(Store, scope=Scope.REQUEST, provides=dishka.AnyOf[Store, Base])

container = make_container(Main())
with container() as request:
    print(request.get(int), request.get(Base) is request.get(Store))
    try:
        request.get(str)
    except NoFactoryError:
        print("no factory")
async def main():
    async with make_async_container(Main())() as request:
        return await request.get(int)
print(asyncio.run(main()), len(plotter.render_mermaid(container)) > 100)
"""

_ALEMBIC = """
import alembic
import sqlalchemy as sa
from alembic import op, autogenerate
from alembic.migration import MigrationContext
from alembic.operations import Operations
import alembic.ddl.impl
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code

metadata = sa.MetaData()
sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("b", sa.String(9)))
with sa.create_engine("sqlite://").connect() as connection:
    context = MigrationContext.configure(connection)
    print([change[0] for change in compare_metadata(context, metadata)])
    print(render_python_code(produce_migrations(context, metadata).upgrade_ops))
    with Operations.context(context):
        op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))
        op.add_column("t", sa.Column("b", sa.String(5)))
        with op.batch_alter_table("t") as batch:
            batch.alter_column("b", type_=sa.String(9))
    print([str(change) for change in compare_metadata(context, metadata)])
    print([c["name"] for c in sa.inspect(connection).get_columns("t")])
print(sorted(alembic.ddl.impl._impls), autogenerate.__name__ != "")
"""

_NETWORKX = """
import networkx as nx
from networkx.algorithms import approximation, bipartite
import networkx.algorithms.community as community
from networkx.generators.random_graphs import gnp_random_graph

graph = nx.petersen_graph()
print(nx.shortest_path(graph, 0, 7), nx.diameter(graph), nx.is_planar(graph))
print(sorted(nx.betweenness_centrality(graph).items())[:2], nx.degree_histogram(graph))
tree = nx.minimum_spanning_tree(nx.grid_2d_graph(3, 3))
print(sorted(tree.edges), bipartite.is_bipartite(tree))
print([sorted(c) for c in community.label_propagation_communities(nx.karate_club_graph())][:2])
print(sorted(gnp_random_graph(6, 0.5, seed=1).edges), approximation.max_clique(graph) is not None)
print("\\n".join(nx.generate_graphml(nx.path_graph(2)))[:80], list(nx.topological_sort(nx.DiGraph([(1, 2)]))))
print(nx.to_dict_of_lists(nx.line_graph(nx.path_graph(4))), nx.max_weight_matching(nx.cycle_graph(4)))
"""

SMOKE_RUNS: Mapping[str, SmokeRun] = {
    "alembic": SmokeRun("alembic", ("alembic",), _ALEMBIC, large=True),
    "attr": SmokeRun("attrs", ("attr", "attrs"), _ATTRS),
    "click": SmokeRun("click", ("click",), _CLICK),
    "dishka": SmokeRun("dishka", ("dishka",), _DISHKA),
    "h11": SmokeRun("h11", ("h11",), _H11),
    "httpx": SmokeRun("httpx", ("httpx",), _HTTPX),
    "jinja2": SmokeRun("jinja2", ("jinja2",), _JINJA2),
    "jsonschema": SmokeRun("jsonschema", ("jsonschema",), _JSONSCHEMA),
    "lark": SmokeRun("lark", ("lark",), _LARK),
    "mako": SmokeRun("mako", ("mako",), _MAKO),
    "markdown_it": SmokeRun("markdown-it-py", ("markdown_it",), _MARKDOWN),
    "mistune": SmokeRun("mistune", ("mistune",), _MISTUNE),
    "networkx": SmokeRun("networkx", ("networkx",), _NETWORKX, large=True),
    "packaging": SmokeRun("packaging", ("packaging",), _PACKAGING),
    "pygments": SmokeRun("Pygments", ("pygments",), _PYGMENTS, large=True),
    "rich": SmokeRun("rich", ("rich",), _RICH, large=True),
    "tomlkit": SmokeRun("tomlkit", ("tomlkit",), _TOMLKIT),
}
