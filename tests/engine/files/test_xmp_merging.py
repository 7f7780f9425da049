"""What two XMP documents say is united, in whatever form it is written."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.files.xmp_document import RDF, SidecarError, parse
from photo_organizer.engine.files.xmp_merging import Name, Value, properties, rejects, united

XMP = "http://ns.adobe.com/xap/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
CRS = "http://ns.adobe.com/camera-raw-settings/1.0/"


def document(inside: str, attributes: str = "") -> bytes:
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="{RDF}" xmlns:xmp="{XMP}" xmlns:dc="{DC}" xmlns:crs="{CRS}"
   xmlns:darktable="http://darktable.sf.net/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
   xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:odd="http://example.org/odd/">
  <rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>
 </rdf:RDF>
</x:xmpmeta>""".encode()


def said(data: bytes) -> dict[Name, Value]:
    return properties(parse(data))


def bag(*words: str) -> str:
    items = "".join(f"<rdf:li>{word}</rdf:li>" for word in words)
    return f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>"


def alternatives(name: str = "title", **said: str) -> str:
    items = "".join(f'<rdf:li xml:lang="{k}">{v}</rdf:li>' for k, v in said.items())
    return f"<dc:{name}><rdf:Alt>{items}</rdf:Alt></dc:{name}>"


def texts(value: Value) -> list[str]:
    return [item.text for item in value.items]


def test_what_is_lacking_is_added_whatever_it_is() -> None:
    leaving = document(
        """<odd:link rdf:resource="http://example.org/a&amp;b"/>
        <odd:seen rdf:parseType="Resource"><odd:by>Anna</odd:by><odd:at>
          <rdf:Description odd:place="sea"/></odd:at></odd:seen>
        <odd:note xml:lang="de">Meer</odd:note>
        <odd:weight rdf:parseType="Resource"><rdf:value>3</rdf:value><odd:unit>kg</odd:unit>
        </odd:weight>
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sea</rdf:li>
          <rdf:li xml:lang="ko">바다</rdf:li></rdf:Alt></dc:title>""",
        'odd:history="first&#10;second&#9;third"',
    )
    kept = document("", 'xmp:Rating="3"')
    assert said(united(kept, leaving)) == {**said(leaving), **said(kept)}


def test_lists_are_united_and_stay_in_order() -> None:
    whole = said(united(document(bag("sea", "boat")), document(bag("boat", "harbour"))))
    assert texts(whole[DC, "subject"]) == ["sea", "boat", "harbour"]


def test_a_single_keyword_counts_as_a_list_of_one() -> None:
    whole = said(united(document("", 'dc:subject="sea"'), document(bag("boat"))))
    assert texts(whole[DC, "subject"]) == ["sea", "boat"]
    whole = said(united(document(bag("boat")), document("", 'dc:subject="sea"')))
    assert texts(whole[DC, "subject"]) == ["boat", "sea"]


def test_faces_of_both_are_kept() -> None:
    def region(name: str) -> str:
        return f"""<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
        <rdf:li><rdf:Description mwg-rs:Name="{name}"><mwg-rs:Area stArea:x="0.5" stArea:y="0.4"/>
        </rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"""

    whole = united(document(region("Anna")), document(region("Ben")))
    assert b"Anna" in whole
    assert b"Ben" in whole
    assert united(whole, document(region("Ben"))) == whole


def test_other_languages_are_added_and_known_ones_stay() -> None:
    kept, leaving = document(alternatives(en="Sea")), document(alternatives(EN="Sea", de="See"))
    assert texts(said(united(kept, leaving))[DC, "title"]) == ["Sea", "See"]


def test_two_labels_cannot_be_united() -> None:
    red, blue = (document("", f'xmp:Label="{name}"') for name in ("Red", "Blue"))
    with pytest.raises(SidecarError) as refused:
        united(red, blue)
    assert refused.value.reason.code == "sidecar.two_texts"
    assert united(red, red) == red


def test_two_titles_cannot_be_united() -> None:
    with pytest.raises(SidecarError) as refused:
        united(document(alternatives(en="Sea")), document(alternatives(EN="Lake", de="See")))
    assert refused.value.reason.code == "sidecar.two_texts"


@pytest.mark.parametrize(
    ("kept", "leaving", "whole"),
    [
        ({"x-default": "Sea"}, {"x-default": "Lake"}, ["Sea\nLake"]),
        ({"x-default": "Sea at  noon"}, {"x-default": "at noon"}, ["Sea at  noon"]),
        ({"x-default": "Sea", "de": "See"}, {"de": "Meer"}, ["Sea", "See\nMeer"]),
        ({"en": "Sea"}, {"x-default": "Lake"}, ["Sea", "Lake"]),
    ],
)
def test_two_captions_become_one(
    kept: dict[str, str], leaving: dict[str, str], whole: list[str]
) -> None:
    one, two = (document(alternatives("description", **said)) for said in (kept, leaving))
    both = united(one, two)
    assert texts(said(both)[DC, "description"]) == whole
    assert united(both, two) == both


def test_captions_in_the_short_form_become_one() -> None:
    one, two = (document("", f'dc:description="{text}"') for text in ("Sea", "Lake"))
    assert said(united(one, two))[DC, "description"].text == "Sea\nLake"


def test_where_both_say_something_the_kept_one_is_believed() -> None:
    kept, leaving = document("", 'xmp:Rating="3" odd:a="1"'), document("", 'xmp:Rating="5"')
    assert united(kept, leaving) == kept


def test_no_stars_give_way_to_stars_and_a_rejection_is_not_taken() -> None:
    unrated, rated = document("", 'xmp:Rating="0"'), document("", 'xmp:Rating="4"')
    assert said(united(unrated, rated))[XMP, "Rating"] == Value("4")
    rejected = document("", 'xmp:Rating="-1" odd:a="1"')
    whole = said(united(document(""), rejected))
    assert whole == {("http://example.org/odd/", "a"): Value("1")}
    assert rejects(rejected)
    assert not rejects(rated)
    assert not rejects(b"no XMP")


def test_an_empty_shell_gives_way() -> None:
    kept = document("<dc:subject><rdf:Bag/></dc:subject>", 'odd:a=" "')
    leaving = document(bag("sea"), 'odd:a="1"')
    assert said(united(kept, leaving)) == said(leaving)


@pytest.mark.parametrize(
    ("kept", "leaving"),
    [
        ('crs:Exposure2012="+0.50"', 'crs:Exposure2012="+0.85"'),
        ('crs:Exposure2012="+0.50"', 'crs:Exposure2012="+0.50" crs:Contrast2012="10"'),
        ('darktable:history_end="3"', 'darktable:history_end="7"'),
    ],
)
def test_two_edits_cannot_be_united(kept: str, leaving: str) -> None:
    with pytest.raises(SidecarError) as refused:
        united(document("", kept), document("", leaving))
    assert refused.value.reason.code == "sidecar.two_edits"


@pytest.mark.parametrize(
    ("kept", "leaving"),
    [
        ('darktable:change_timestamp="1"', 'darktable:history_end="7"'),
        ('darktable:history_end="0"', 'darktable:history_end="7"'),
        ('crs:RawFileName="a.dng"', 'crs:RawFileName="b.dng" crs:Exposure2012="+0.85"'),
        ('crs:Exposure2012="+1" crs:Tint="3"', 'crs:Exposure2012="+1"'),
        ('crs:Exposure2012="+1"', 'darktable:history_end="7"'),
    ],
)
def test_one_edit_or_the_same_is_no_conflict(kept: str, leaving: str) -> None:
    whole = said(united(document("", kept), document("", leaving)))
    assert whole.keys() == said(document("", kept)).keys() | said(document("", leaving)).keys()


def test_prefixes_may_mean_something_else_in_the_other_document() -> None:
    kept = document("", 'odd:a="1"')
    leaving = kept.replace(b"http://example.org/odd/", b"http://example.org/other/")
    assert said(united(kept, leaving)) == {
        ("http://example.org/odd/", "a"): Value("1"),
        ("http://example.org/other/", "a"): Value("1"),
    }


def test_a_document_with_another_subject_and_several_descriptions_is_united() -> None:
    kept = document("", 'odd:a="1"').replace(b'about=""', b'about="uuid:1"')
    second = b'<rdf:Description rdf:about="" odd:c="3"/></rdf:RDF>'
    leaving = document("", 'odd:b="2"').replace(b"</rdf:RDF>", second)
    assert {name for _, name in said(united(kept, leaving))} == {"a", "b", "c"}


@pytest.mark.parametrize(
    "inside",
    [
        '<odd:a rdf:nodeID="n1"/>',
        '<odd:a rdf:parseType="Literal"><b/></odd:a>',
        "<a>no namespace</a>",
        "<odd:a><odd:b/><odd:c/></odd:a>",
    ],
)
def test_what_xmp_does_not_know_is_refused_and_not_lost(inside: str) -> None:
    with pytest.raises(SidecarError):
        united(document(""), document(inside))


# ---------------------------------------------------------------------- any documents

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=6)
local = st.sampled_from(list(string.ascii_lowercase[:6]))
names = st.tuples(st.sampled_from([DC, "http://example.org/odd/", "http://a/"]), local)
simple = st.builds(Value, words) | st.builds(Value, words, leads=st.just(True))
spoken = st.builds(
    lambda value, tongue: Value(value.text, qualifiers=(((
        "http://www.w3.org/XML/1998/namespace", "lang"), Value(tongue)),)),
    st.builds(Value, words),
    st.sampled_from(["de", "ko", "x-default"]),
)  # fmt: skip


def in_order(fields: dict[Name, Value]) -> tuple[tuple[Name, Value], ...]:
    return tuple(sorted(fields.items(), key=lambda field: field[0]))


values = st.recursive(
    simple | spoken,
    lambda inner: st.builds(
        Value,
        container=st.sampled_from(["Bag", "Seq"]),
        items=st.lists(inner, max_size=3, unique=True).map(tuple),
    )
    | st.builds(Value, fields=st.dictionaries(names, inner, max_size=3).map(in_order)),
    max_leaves=8,
)  # fmt: skip


def written(whole: Mapping[Name, Value]) -> bytes:
    from photo_organizer.engine.files import xmp_merging
    from photo_organizer.engine.files.xmp_document import EMPTY, to_bytes

    dom = parse(EMPTY)
    xmp_merging._write(dom, whole, {})
    return to_bytes(dom)


def holds(whole: Value, part: Value, kept: Value | None) -> bool:
    """Whether nothing of a value is lost but what the kept one says otherwise."""
    if whole == part or not part.says_something:
        return True
    if whole.items:
        return part.container == "" or set(part.items) <= set(whole.items) or kept is not None
    if whole.fields is not None and part.fields is not None:
        known, before = dict(whole.fields), dict((kept.fields if kept else None) or ())
        return all(
            name in known and holds(known[name], value, before.get(name))
            for name, value in part.fields
        )
    return kept is not None and kept.says_something


@given(st.dictionaries(names, values, max_size=4), st.dictionaries(names, values, max_size=4))
def test_nothing_of_either_is_lost(one: dict[Name, Value], two: dict[Name, Value]) -> None:
    kept, leaving = written(one), written(two)
    assert said(kept) == one
    whole = said(united(kept, leaving))
    assert whole.keys() == one.keys() | two.keys()
    for name, value in one.items():
        assert holds(whole[name], value, value if value.says_something else None)
    for name, value in two.items():
        assert holds(whole[name], value, one.get(name))
    again = united(united(kept, leaving), leaving)
    assert said(again) == whole


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for one, two in ((data, document("")), (document(""), data)):
        try:
            united(one, two)
        except SidecarError:
            continue


pieces = st.sampled_from(
    [
        b"<rdf:li>", b"</rdf:li>", b"<rdf:Bag>", b"</rdf:Bag>", b"<odd:a", b">", b"/>", b"<odd:b>",
        b"</odd:b>", b' rdf:parseType="Resource"', b' rdf:resource="x"', b' xml:lang="de"',
        b"&#xD800;", b"&amp;", b"<!--a-->", b"<![CDATA[x]]>", b"<?xml version='1.0'?>", b"]]>",
        b"x", b"&#10;",
        b"\xff", b'<?xml version="1.0" encoding="rot13"?>', b"<rdf:Description/>", b' xmlns=""',
    ]
)  # fmt: skip


@given(st.lists(pieces, max_size=12), st.integers(0, 2000))
def test_no_mutated_packet_raises_anything_else(parts: list[bytes], at: int) -> None:
    whole = document(bag("sea"), 'xmp:Rating="3"')
    at %= len(whole)
    data = whole[:at] + b"".join(parts) + whole[at + len(parts) % 3 :]
    for one, two in ((data, whole), (whole, data)):
        try:
            united(one, two)
        except SidecarError:
            continue


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig", "cp949"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    head = "" if encoding == "utf-8-sig" else f'<?xml version="1.0" encoding="{encoding}"?>'
    data = (head + document(bag("sea")).decode()).encode(encoding)
    try:
        whole = said(united(document(""), data))
    except SidecarError:  # the parser knows few encodings of several bytes
        assert encoding == "cp949"
    else:
        assert texts(whole[DC, "subject"]) == ["sea"]
