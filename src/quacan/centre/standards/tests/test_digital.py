"""A digital calibration certificate fills the form, is confirmed by a person, and is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import World
from quacan.centre.people.models import Person
from quacan.centre.standards.actions import StandardDraft, enter_standard
from quacan.centre.standards.models import Standard, StandardCertificate

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def listed(ref: str, values: str, U: str = "") -> str:
    stated = (
        f"<si:expandedUncXMLList><si:uncertaintyXMLList>{U}</si:uncertaintyXMLList>"
        "<si:coverageFactorXMLList>2</si:coverageFactorXMLList>"
        "<si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:expandedUncXMLList>"
        if U
        else ""
    )
    return (
        f'<dcc:quantity refType="{ref}"><dcc:name><dcc:content lang="vi">{ref}</dcc:content></dcc:name>'
        f"<si:realListXMLList><si:valueXMLList>{values}</si:valueXMLList>"
        f"<si:unitXMLList>\\gram</si:unitXMLList>{stated}</si:realListXMLList></dcc:quantity>"
    )


def dcc(*quantities: str, head: str = "") -> bytes:
    return (
        '<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si">'
        "<dcc:administrativeData><dcc:coreData><dcc:uniqueIdentifier>V07.26.1</dcc:uniqueIdentifier>"
        "<dcc:endPerformanceDate>2022-03-01</dcc:endPerformanceDate></dcc:coreData><dcc:calibrationLaboratory>"
        "<dcc:contact><dcc:name><dcc:content>Viện Mẫu</dcc:content></dcc:name></dcc:contact>"
        "</dcc:calibrationLaboratory></dcc:administrativeData>"
        "<dcc:measurementResults><dcc:measurementResult><dcc:results><dcc:result><dcc:data><dcc:list>"
        f"{''.join(quantities)}</dcc:list></dcc:data></dcc:result></dcc:results></dcc:measurementResult>"
        "</dcc:measurementResults></dcc:digitalCalibrationCertificate>"
    ).encode()


GOOD = dcc(
    listed("basic_nominalValue", "100 200"),
    listed("basic_measuredValue", "100.0002 200.0001", "0.0002 0.0003"),
    listed("basic_measurementError", "0.0002 0.0001", "0.0002 0.0003"),
)


@pytest.fixture
def head(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["truongphong"])


@pytest.fixture
def weights(world: World) -> Standard:
    return enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="QC-01", name="Quả cân", kind="mass")
    )


def read(client: Client, standard: Standard, document: bytes):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("dcc.xml", document, content_type="application/xml")
    return client.post(f"/chuan/{standard.pk}/chung-nhan/", {"read": "1", "dcc": file})


def test_it_is_proposed_confirmed_and_kept(head: Client, weights: Standard) -> None:
    response = read(head, weights, GOOD)
    page = response.context
    assert response.status_code == 200
    assert [(row["nominal"], row["value"], row["U"], row["k"], row["unit"]) for row in page["rows"]] == [
        ("100", "100.0002", "0.0002", "2", "g"),
        ("200", "200.0001", "0.0003", "2", "g"),
    ]
    assert (page["form"].initial["number"], page["form"].initial["issuer"]) == ("V07.26.1", "Viện Mẫu")
    assert not StandardCertificate.objects.exists()

    typed = {
        name: [row.get(name, "") for row in page["rows"]]
        for name in ("nominal", "value", "U", "k", "unit", "mark")
    }
    sent = {
        "number": "V07.26.1", "issuer": "Viện Mẫu", "issued_on": "2022-03-01", "valid_until": "2023-03-01",
        "digital": page["digital"], **typed,
    }  # fmt: skip
    assert head.post(f"/chuan/{weights.pk}/chung-nhan/", sent).status_code == 302
    made = StandardCertificate.objects.get()
    assert made.values[1]["U"] == "0.0003"
    file = made.document.files.get()
    answer = head.get(f"/chuan/{weights.pk}/tep/{file.pk}/")
    assert answer.content == GOOD
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"<a", "tệp hỏng"),
        (b"<a/>", "không phải DCC 3"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "không an toàn"),
        (GOOD.replace(b"0.0002 0.0003", b"0.0002 0.0003 0.1"), "không đọc được"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    head: Client, weights: Standard, document: bytes, sentence: str
) -> None:
    response = read(head, weights, document)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_forged_hidden_file_is_refused_too(head: Client, weights: Standard) -> None:
    sent = {
        "number": "1", "issuer": "V", "issued_on": "2022-03-01", "valid_until": "2023-03-01", "digital": "PGE+",
        "nominal": "1", "value": "1", "U": "0", "k": "2", "unit": "g", "mark": "",
    }  # fmt: skip
    assert head.post(f"/chuan/{weights.pk}/chung-nhan/", sent).status_code == 422
    assert not StandardCertificate.objects.exists()
