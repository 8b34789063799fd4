"""Writes a program of random message types in several versions, for `ci/schema-pairs`.

    python3 ci/schema_pairs.py FOLDER FAMILIES SEED

A family is one message in 12 versions, each made from an earlier one by one or two changes of its fields, types, variants or serde
attributes. The program writes and reads each pair of versions of a family and compares with the verdict of the lock.
"""

import copy
import random
import sys

VERSIONS = 12
PLAIN = ["u8", "u32", "u64", "i8", "i32", "i64", "usize", "u128", "f32", "f64", "bool", "char", "String", "()"]
KEYS = ["String", "u32", "u64", "i32"]
CASES = ["lowercase", "UPPERCASE", "PascalCase", "camelCase", "snake_case", "SCREAMING_SNAKE_CASE", "kebab-case",
         "SCREAMING-KEBAB-CASE"]


class Family:
    """The types of one version: the message `M` and the parts in it."""

    def __init__(self, number, rng):
        self.number, self.rng, self.next = number, rng, 0
        self.parts, self.names = {}, {}
        self.message = self.container(2)

    def id(self):
        self.next += 1
        return self.next

    # Random types

    def ty(self, depth):
        rng = self.rng
        choice = rng.random()
        if depth == 0 or choice < 0.45:
            return ("plain", rng.choice(PLAIN))
        if choice < 0.58:
            return ("option", self.ty(depth - 1))
        if choice < 0.66:
            return ("vec", self.ty(depth - 1))
        if choice < 0.70:
            return ("set", ("plain", rng.choice(KEYS)))
        if choice < 0.75:
            return ("map", rng.choice(KEYS), self.ty(depth - 1))
        if choice < 0.79:
            return ("tuple", [self.ty(0) for _ in range(rng.randint(1, 3))])
        if choice < 0.83:
            return ("array", self.ty(0), rng.randint(0, 3), rng.random() < 0.5)
        if choice < 0.86:
            return ("alias", self.ty(0))
        if choice < 0.88:
            return ("box", self.ty(0))
        if choice < 0.89:
            return ("opaque", rng.randint(0, 2))
        if self.parts and choice < 0.93:
            return ("part", rng.choice(list(self.parts)))
        return ("part", self.part(depth - 1))

    def part(self, depth, kind=None):
        number = self.id()
        container = self.container(depth, kind)
        self.parts[number], self.names[number] = container, f"p{self.number}_{number}"
        return number

    def field(self, depth):
        field = {"id": self.id(), "ty": self.ty(depth), "aliases": []}
        if self.rng.random() < 0.3:
            self.attribute(field)
        return field

    def attribute(self, field):
        choice = self.rng.choice(["default", "default", "other_default", "skip_if", "skip_if", "skip", "skip_ser", "skip_de", "rename",
                                  "rename", "own", "alias", "split", "with", "off_default", "off_skip", "on_default", "flatten"])
        if choice in ("rename", "alias"):
            name = f"w{field['id']}_{self.rng.randint(0, 2)}"
            if choice == "rename":
                field["rename"] = name
            else:
                field["aliases"] = field["aliases"] + [name]
        elif choice == "with":
            field["ty"], field["with"] = ("plain", "u64"), self.rng.choice(["text", "twice"])
        elif choice == "flatten" and self.rng.random() < 0.6:
            field["flatten"] = True
            field["ty"] = ("map", "String", ("plain", self.rng.choice(["u32", "String"]))) if self.rng.random() < 0.4 \
                else ("part", self.part(0, "struct"))
        elif choice == "own":
            field["rename"] = rust_name(field)
        elif field.get(choice):
            del field[choice]
        else:
            field[choice] = True

    def variant(self, depth):
        kind = self.rng.choice(["unit", "newtype", "struct", "tuple"])
        count = {"unit": 0, "newtype": 1}.get(kind, self.rng.randint(0, 2))
        return {"id": self.id(), "kind": kind, "aliases": [], "fields": [self.field(depth) for _ in range(count)]}

    def container(self, depth, kind=None):
        rng = self.rng
        kind = kind or rng.choice(["struct", "struct", "struct", "tuple", "newtype", "unit", "enum", "enum", "enum"])
        container = {"kind": kind, "fields": [], "variants": []}
        if kind in ("struct", "tuple"):
            container["fields"] = [self.field(depth) for _ in range(rng.randint(0 if kind == "struct" else 2, 3))]
        elif kind == "newtype":
            container["fields"] = [self.field(depth)]
        elif kind == "enum":
            container["variants"] = [self.variant(max(depth - 1, 0)) for _ in range(rng.randint(1, 3))]
            if rng.random() < 0.5:
                container["tagging"] = rng.choice(["internal", "adjacent", "untagged"])
            if rng.random() < 0.3:
                container["other"] = self.id()
        if rng.random() < 0.25:
            container["rename_all"] = rng.choice(CASES)
        return container

    # Random changes

    def change(self):
        containers = [self.message] + list(self.parts.values())
        container = self.rng.choice(containers if self.rng.random() < 0.5 else [self.message])
        rng = self.rng
        if container["kind"] == "enum" and rng.random() < 0.6:
            self.change_variants(container)
        elif rng.random() < 0.2:
            self.change_container(container)
        else:
            owners = container["variants"] if container["kind"] == "enum" else [container]
            owners = [owner for owner in owners if owner["kind"] not in ("unit", "enum")]
            if owners:
                self.change_fields(rng.choice(owners))
            else:
                self.change_container(container)

    def change_variants(self, container):
        rng, variants = self.rng, container["variants"]
        choice = rng.choice(["add", "add", "front", "remove", "swap", "rename", "alias", "merge", "other", "kind", "split", "skip",
                             "untagged"])
        variant = rng.choice(variants) if variants else None
        if choice in ("add", "front") or not variant:
            variants.insert(len(variants) if choice == "add" else 0, self.variant(1))
        elif choice == "remove":
            variants.remove(variant)
        elif choice == "swap":
            rng.shuffle(variants)
        elif choice == "rename":
            if rng.random() < 0.5:
                variant["aliases"] = variant["aliases"] + [variant.get("rename", variant_name(variant))]
            variant["rename"] = f"W{variant['id']}_{rng.randint(0, 2)}"
        elif choice == "alias":
            variant["aliases"] = variant["aliases"] + [f"W{variant['id']}_{rng.randint(0, 2)}"]
        elif choice == "merge" and len(variants) > 1:
            gone = variants.pop(rng.randrange(len(variants)))
            into = rng.choice(variants)
            into["aliases"] = into["aliases"] + [gone.get("rename", variant_name(gone))]
        elif choice == "other":
            container["other"] = None if container.get("other") else self.id()
        elif choice == "kind":
            new = self.variant(1)
            new["id"] = variant["id"]
            variants[variants.index(variant)] = new
        elif choice in ("split", "skip", "untagged"):
            variant[choice] = not variant.get(choice)

    def change_container(self, container):
        rng = self.rng
        choice = rng.choice(["case", "fields_case", "deny", "tagging", "transparent", "default", "kind", "name"])
        if choice == "case":
            container["rename_all"] = rng.choice(CASES + [None])
        elif choice == "fields_case":
            container["rename_all_fields"] = rng.choice(CASES + [None])
        elif choice == "tagging":
            container["tagging"] = rng.choice([None, "internal", "adjacent", "untagged"])
        elif choice == "kind" and container["kind"] in ("struct", "tuple", "newtype"):
            container["kind"] = rng.choice(["struct", "tuple"] + (["newtype"] if len(container["fields"]) == 1 else []))
        elif choice == "name" and self.parts:
            number = rng.choice(list(self.parts))
            self.names[number] = f"p{self.number}_{number}_{rng.randint(0, 1)}"
        elif choice in ("deny", "transparent", "default"):
            container[choice] = not container.get(choice)

    def change_fields(self, owner):
        rng, fields = self.rng, owner["fields"]
        single = owner["kind"] == "newtype"
        choice = rng.choice(["add", "add", "remove", "type", "type", "type", "attribute", "attribute", "attribute", "rename", "merge",
                             "swap"])
        if choice == "add" and not single or not fields:
            if not single:
                fields.insert(rng.randint(0, len(fields)), self.field(1))
            return
        field = rng.choice(fields)
        if choice == "remove" and not single:
            fields.remove(field)
        elif choice == "type":
            field["ty"] = self.other_type(field["ty"])
            field.pop("with", None)
            field.pop("flatten", None)
        elif choice == "rename":
            if rng.random() < 0.5:
                field["aliases"] = field["aliases"] + [field.get("rename", rust_name(field))]
            field["rename"] = f"w{field['id']}_{rng.randint(0, 2)}"
        elif choice == "merge" and len(fields) > 1 and not single:
            gone = fields.pop(rng.randrange(len(fields)))
            into = rng.choice(fields)
            into["aliases"] = into["aliases"] + [gone.get("rename", rust_name(gone))]
        elif choice == "swap":
            rng.shuffle(fields)
        else:
            self.attribute(field)

    def other_type(self, ty):
        rng = self.rng
        choice = rng.random()
        if choice < 0.2:
            return ("option", ty)
        if choice < 0.35:
            # A newtype is written as what it holds.
            number = self.part(0, "newtype")
            self.parts[number]["fields"] = [{"id": self.id(), "ty": ty, "aliases": []}]
            return ("part", number)
        if choice < 0.45:
            return ("alias", ty)
        if choice < 0.5:
            return ("box", ty)
        if ty[0] in ("option", "vec", "alias", "box") and choice < 0.7:
            return ty[1]
        if ty[0] in ("option", "vec") and choice < 0.85:
            return (ty[0], self.other_type(ty[1]))
        if ty[0] == "array":
            return ("array", ty[1], rng.randint(0, 3), ty[3])
        if ty[0] == "set":
            return ("vec", ty[1])
        if ty[0] == "vec" and ty[1] in [("plain", key) for key in KEYS]:
            return ("set", ty[1])
        if ty[0] == "map":
            return ("map", rng.choice(KEYS), self.other_type(ty[2]))
        if ty[0] == "plain":
            return ("plain", rng.choice(PLAIN))
        return self.ty(1)


def rust_name(field):
    return f"fld_{field['id']}_ab"


def wire_names(field, case):
    """The name that serde writes, and then those that it reads."""
    number = field["id"]
    own = {
        "UPPERCASE": f"FLD_{number}_AB", "PascalCase": f"Fld{number}Ab", "camelCase": f"fld{number}Ab",
        "SCREAMING_SNAKE_CASE": f"FLD_{number}_AB", "kebab-case": f"fld-{number}-ab",
        "SCREAMING-KEBAB-CASE": f"FLD-{number}-AB",
    }.get(case, rust_name(field))
    renamed = field.get("rename") or own
    written = own if field.get("split") else renamed
    return [written, renamed] + field["aliases"]


def variant_name(variant):
    return f"Var{variant['id']}Ab"


class Writer:
    """Writes the items of one version."""

    def __init__(self, family):
        self.family, self.lines, self.aliases = family, [], 0

    def ty(self, ty):
        kind = ty[0]
        if kind == "plain":
            return ty[1]
        if kind == "option":
            return f"Option<{self.ty(ty[1])}>"
        if kind == "vec":
            return f"Vec<{self.ty(ty[1])}>"
        if kind == "set":
            return f"BTreeSet<{self.ty(ty[1])}>"
        if kind == "map":
            return f"BTreeMap<{ty[1]}, {self.ty(ty[2])}>"
        if kind == "tuple":
            return "(" + "".join(f"{self.ty(one)}, " for one in ty[1]) + ")"
        if kind == "array":
            if not ty[3]:
                return f"[{self.ty(ty[1])}; {ty[2]}]"
            self.aliases += 1
            # Each version has the same name for its length.
            name = f"LENGTH{self.aliases}"
            self.lines.append(f"const {name}: usize = {ty[2]};")
            return f"[{self.ty(ty[1])}; {name}]"
        if kind == "alias":
            inner = self.ty(ty[1])
            self.aliases += 1
            self.lines.append(f"type Alias{self.aliases} = {inner};")
            return f"Alias{self.aliases}"
        if kind == "box":
            return f"Box<{self.ty(ty[1])}>"
        if kind == "opaque":
            return f"Opaque{ty[1]}"
        return f"P{ty[1]}"

    def field_rules(self, field, case, is_tuple, is_newtype, untagged):
        rules, other = [], []
        if not is_tuple:
            if field.get("rename"):
                if field.get("split"):
                    rules.append(f'rename(deserialize = "{field["rename"]}")')
                else:
                    rules.append(f'rename = "{field["rename"]}"')
            own = wire_names(field, case)[1:2]
            rules += [f'alias = "{name}"' for name in dict.fromkeys(field["aliases"]) if name not in own]
            if field.get("flatten") and not untagged:
                rules.append("flatten")
            elif field.get("other_default"):
                rules.append('default = "other"')
            elif field.get("default"):
                rules.append("default")
            if not field.get("flatten"):
                if field.get("off_default"):
                    other.append("#[cfg_attr(any(), serde(default))]")
                if field.get("on_default") and not field.get("default") and not field.get("other_default"):
                    other.append("#[cfg_attr(all(), serde(default))]")
                if field.get("skip_if"):
                    rules.append('skip_serializing_if = "is_default"')
                is_skipped = field.get("skip") and not is_newtype
                if field.get("skip_ser") and not is_skipped:
                    rules.append("skip_serializing")
                if field.get("skip_de") and not is_skipped:
                    rules.append("skip_deserializing")
        if field.get("off_skip"):
            other.append("#[cfg_attr(any(), serde(skip))]")
        if field.get("skip") and not is_newtype and "flatten" not in rules:
            rules.append("skip")
        if field.get("with") and not field.get("skip"):
            rules.append(f'with = "{field["with"]}"')
        return " ".join(other + ([f"#[serde({', '.join(rules)})]"] if rules else []))

    def fields(self, owner, kind, is_public, case, untagged=False):
        fields = owner["fields"]
        public = "pub " if is_public else ""
        rules = lambda field: self.field_rules(field, case, kind != "struct", len(fields) == 1, untagged)
        if kind == "unit":
            return ""
        if kind == "struct":
            return " { " + " ".join(f"{rules(f)} {public}{rust_name(f)}: {self.ty(f['ty'])}," for f in fields) + " }"
        return "(" + " ".join(f"{rules(f)} {public}{self.ty(f['ty'])}," for f in fields) + ")"

    def container(self, name, attribute, container):
        kind, rules = container["kind"], []
        kind = "tuple" if kind == "newtype" else kind
        if container.get("rename_all") and kind in ("struct", "enum"):
            rules.append(f'rename_all = "{container["rename_all"]}"')
        if container.get("rename_all_fields") and kind == "enum":
            rules.append(f'rename_all_fields = "{container["rename_all_fields"]}"')
        plain = [f for f in container["fields"] if not f.get("flatten")]
        if container.get("deny") and kind != "unit" and len(plain) == len(container["fields"]):
            rules.append("deny_unknown_fields")
        is_single = len(container["fields"]) == 1 and set(container["fields"][0]) == {"id", "ty", "aliases"} \
            and not container["fields"][0]["aliases"]
        container["is_transparent"] = bool(container.get("transparent") and is_single and not rules)
        if container["is_transparent"]:
            rules.append("transparent")
        elif container.get("default") and kind == "struct":
            rules.append("default")
        tagging = container.get("tagging") if kind == "enum" else None
        variants = container["variants"] if kind == "enum" else []
        if tagging == "internal" and any(variant["kind"] == "tuple" for variant in variants):
            tagging = "adjacent"
        if tagging:
            rules.append({"internal": 'tag = "the_tag"', "adjacent": 'tag = "the_tag", content = "the_content"',
                          "untagged": "untagged"}[tagging])
        serde = f"#[serde({', '.join(rules)})]" if rules else ""
        head = f"#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)] {attribute} {serde}"
        if kind != "enum":
            end = "" if kind == "struct" else ";"
            self.lines.append(f"{head} pub struct {name}{self.fields(container, kind, True, container.get('rename_all'))}{end}")
            self.implement(name, container, [(None, container, kind)])
            return
        written = []
        for variant in variants:
            own = []
            if variant.get("rename"):
                rename = f'"{variant["rename"]}"'
                own.append(f"rename(serialize = {rename})" if variant.get("split") else f"rename = {rename}")
            names = {variant.get("rename"), variant_name(variant)}
            own += [f'alias = "{one}"' for one in dict.fromkeys(variant["aliases"]) if one not in names]
            if variant.get("skip"):
                own.append("skip")
            if variant.get("untagged") and variant is variants[-1] and not container.get("other"):
                own.append("untagged")
            serde = f"#[serde({', '.join(own)})] " if own else ""
            kind = "tuple" if variant["kind"] == "newtype" else variant["kind"]
            written.append(f"{serde}{variant_name(variant)}{self.fields(variant, kind, False, container.get('rename_all_fields'), True)}")
        if container.get("other") and tagging != "untagged":
            other = {"id": container["other"], "kind": "unit", "fields": [], "other": True}
            written.append(f"#[serde(other)] {variant_name(other)}")
            variants = variants + [other]
        self.lines.append(f"{head} pub enum {name} {{ {', '.join(written)} }}")
        cases = [(one, one, "tuple" if one["kind"] == "newtype" else one["kind"]) for one in variants]
        self.implement(name, container, [case for case in cases if not case[0].get("skip")] or cases)

    def implement(self, name, container, cases):
        facts, samples = [], []
        for variant, owner, kind in cases:
            path = name if variant is None else f"{name}::{variant_name(variant)}"
            bound = [f"a{field['id']}" for field in owner["fields"]]
            pairs = list(zip(bound, owner["fields"]))
            value = lambda field: "Sample::sample(0)" if field.get("skip") else f"Sample::sample(mix(n, {field['id']}))"
            if kind == "unit":
                pattern = made = path
            elif kind == "struct":
                pattern = f"{path} {{ " + ", ".join(f"{rust_name(f)}: {a}" for a, f in pairs) + " }"
                made = f"{path} {{ " + ", ".join(f"{rust_name(f)}: {value(f)}" for _, f in pairs) + " }"
            else:
                pattern = f"{path}(" + ", ".join(bound) + ")"
                made = f"{path}(" + ", ".join(value(f) for _, f in pairs) + ")"
            body = "" if variant is None else \
                f"out.push((path.to_owned(), String::from(\"{'other' if variant.get('other') else variant['id']}\"))); "
            if kind == "unit" and variant is None:
                body += 'out.push((path.to_owned(), String::from("unit"))); '
            case = container.get("rename_all") if variant is None else container.get("rename_all_fields")
            for at, (a, field) in enumerate(pairs):
                is_newtype = kind == "tuple" and len(pairs) == 1 and variant is None
                is_alone = is_newtype or (variant is None and kind == "struct" and len(pairs) == 1 and self.is_transparent(name))
                is_flat = field.get("flatten") and kind == "struct" and variant is None
                names = [str(at)] if kind != "struct" else ["flat"] if is_flat else wire_names(field, case)
                names = ", ".join(f'"{one}"' for one in dict.fromkeys(names))
                if is_alone:
                    body += f"{a}.facts(path, out); "
                elif not field.get("skip") and not (kind == "struct" and field.get("skip_de")):
                    body += f"facts_of({a}, path, &[{names}], out); "
            facts.append(f"{pattern} => {{ {body} }}")
            samples.append(made)
        if cases and cases[0][0] is not None:
            facts.append("_ => {}")
        arms = " ".join(f"{at} => {made}," for at, made in enumerate(samples[:-1]))
        empty = not samples
        self.lines.append(
            f"impl Facts for {name} {{ fn facts(&self, path: &str, out: &mut Vec<(String, String)>) {{ "
            + ("match *self {}" if empty else f"match self {{ {' '.join(facts)} }}") + " } }")
        made = 'panic!("no value")' if empty else f"match n % {len(samples)} {{ {arms} _ => {samples[-1]} }}"
        self.lines.append(f"impl Sample for {name} {{ fn sample(n: u64) -> Self {{ {made} }} }}")
        self.lines.append(f"impl Default for {name} {{ fn default() -> Self {{ Sample::sample(0) }} }}")

    def is_transparent(self, name):
        container = self.family.message if name == "M" else self.family.parts[int(name[1:])]
        return container["is_transparent"]

    def module(self, at):
        family = self.family
        for number, container in family.parts.items():
            self.container(f"P{number}", f'#[airssys_rt::message(part, name = "{family.names[number]}")]', container)
        self.container("M", f'#[airssys_rt::message(name = "m{family.number}")]', family.message)
        # One version is handled by an actor: its documents are checked.
        if at == family.number % VERSIONS:
            self.lines.append(f"#[derive(Debug)] pub struct Actor{family.number};")
            self.lines.append(f"#[airssys_rt::actor] impl Actor{family.number} {{ #[handler] fn m(&mut self, _: M) {{}} }}")
        lines = "\n    ".join(self.lines)
        return f"pub mod v{at} {{\n    use super::opaque{at % 2}::*;\n    use crate::prelude::*;\n    {lines}\n}}\n"


def usable(family):
    """Whether serde accepts the types: an enum without variants is not interesting, and fields of one name are errors."""
    for container in [family.message] + list(family.parts.values()):
        if container["kind"] == "enum" and not [one for one in container["variants"] if not one.get("skip")]:
            return False
    # A part that contains itself has no size.
    def reaches(ty, seen):
        if ty[0] == "part":
            return ty[1] in seen or contains(family.parts[ty[1]], seen | {ty[1]})
        return any(reaches(one, seen) for one in ty[1:] if isinstance(one, tuple)) \
            or (ty[0] == "tuple" and any(reaches(one, seen) for one in ty[1]))
    def contains(container, seen):
        fields = container["fields"] + [field for variant in container["variants"] for field in variant["fields"]]
        return any(reaches(field["ty"], seen) for field in fields)
    return not any(contains(container, {number}) for number, container in family.parts.items())


def family_file(number, rng):
    versions = []
    while not versions:
        first = Family(number, rng)
        versions = [first] if usable(first) else []
    while len(versions) < VERSIONS:
        new = copy.deepcopy(rng.choice(versions))
        new.rng, new.next = rng, max(version.next for version in versions)
        for _ in range(rng.randint(1, 2)):
            new.change()
        if usable(new):
            versions.append(new)
    text = "".join(Writer(version).module(at) for at, version in enumerate(versions))
    table = ", ".join(f"crate::version::<v{at}::M>()" for at in range(VERSIONS))
    return (f"{text}\npub mod opaque0 {{ crate::opaque!(0); }}\npub mod opaque1 {{ crate::opaque!(1); }}\n"
            f"pub fn versions() -> Vec<crate::check::Version> {{ vec![{table}] }}\n")


def main():
    folder, families, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for number in range(families):
        with open(f"{folder}/family{number}.rs", "w") as file:
            file.write(family_file(number, random.Random(seed * 1000003 + number)))
    modules = "".join(f"#[path = \"{folder}/family{number}.rs\"]\npub mod family{number};\n" for number in range(families))
    table = ", ".join(f"family{number}::versions()" for number in range(families))
    actors = ", ".join(f"family{number}::v{number % VERSIONS}::Actor{number}" for number in range(families))
    shown = ", ".join(str(number % VERSIONS) for number in range(families))
    with open(f"{folder}/families.rs", "w") as file:
        file.write(f"#[airssys_rt::actor_system(actors({actors}))]\n#[derive(Debug)]\npub struct Pairs;\n"
                   f"/// The version of each family that an actor handles.\npub const SHOWN: &[usize] = &[{shown}];\n"
                   f"{modules}\npub fn all() -> Vec<Vec<crate::check::Version>> {{ vec![{table}] }}\n")


main()
