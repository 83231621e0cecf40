"""Digital certificates as inputs: values as typed, U over k, refusals instead of guesses."""

from decimal import Decimal

import pytest

from quacan.metrology.digital_certificates import CertificateRefused, from_dcc

LIST = """<si:realListXMLList><si:valueXMLList>0.072 -0.0840</si:valueXMLList>
<si:unitXMLList>\\kelvin</si:unitXMLList><si:expandedUncXMLList>
<si:uncertaintyXMLList>0.061</si:uncertaintyXMLList><si:coverageFactorXMLList>2</si:coverageFactorXMLList>
<si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:expandedUncXMLList></si:realListXMLList>"""
NEWER = """<si:real><si:value>10.50</si:value><si:unit>\\gram</si:unit><si:measurementUncertaintyUnivariate>
<si:expandedMU><si:valueExpandedMU>0.06</si:valueExpandedMU><si:coverageFactor>3</si:coverageFactor>
<si:coverageProbability>0.99</si:coverageProbability></si:expandedMU></si:measurementUncertaintyUnivariate></si:real>"""
STANDARD = """<si:real><si:value>1</si:value><si:unit>\\gram</si:unit><si:measurementUncertaintyUnivariate>
<si:standardMU><si:valueStandardMU>0.25</si:valueStandardMU></si:standardMU>
</si:measurementUncertaintyUnivariate></si:real>"""
BARE = "<si:real><si:value>306</si:value><si:unit>\\kelvin</si:unit></si:real>"


def certificate(*quantities: str, beside: str = "") -> bytes:
    inner = "".join(
        f'<dcc:quantity refType="basic_x"><dcc:name><dcc:content lang="en">error</dcc:content>'
        f'<dcc:content lang="vi">sai số</dcc:content></dcc:name>{q}{beside}</dcc:quantity>'
        for q in quantities
    )
    return (
        '<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si">'
        "<dcc:measurementResults><dcc:measurementResult>"
        f"<dcc:influenceConditions><dcc:quantity>{BARE}</dcc:quantity></dcc:influenceConditions>"
        f"<dcc:results><dcc:result><dcc:data><dcc:list>{inner}</dcc:list></dcc:data></dcc:result></dcc:results>"
        "</dcc:measurementResult></dcc:measurementResults></dcc:digitalCalibrationCertificate>"
    ).encode()


def test_every_form_of_uncertainty_becomes_a_standard_uncertainty() -> None:
    limits = f"<dcc:measurementMetaData><dcc:quantity>{BARE}</dcc:quantity></dcc:measurementMetaData>"
    listed, newer, standard, bare = from_dcc(certificate(LIST, NEWER, STANDARD, BARE, beside=limits))
    assert listed.values == (Decimal("0.072"), Decimal("-0.0840"))
    assert [q.u for q in listed.inputs if q] == [0.0305, 0.0305]
    assert (listed.unit, listed.ref_type, listed.names["vi"]) == ("\\kelvin", "basic_x", "sai số")
    assert newer.inputs[0] is not None
    assert (newer.inputs[0].value, newer.inputs[0].u) == (10.5, pytest.approx(0.02))
    assert standard.inputs[0] is not None
    assert standard.inputs[0].u == 0.25
    assert bare.inputs == (None,)


def test_a_hybrid_is_read_in_its_first_unit() -> None:
    celsius = LIST.replace("kelvin", "degreecelsius")
    [quantity] = from_dcc(certificate(f"<si:hybrid>{LIST}{celsius}</si:hybrid>"))
    assert quantity.unit == "\\kelvin"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"<a/>", "not a digital calibration certificate"),
        (b"<a", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (certificate(LIST.replace("0.072", "NaN")), "not finite"),
        (certificate(LIST.replace("0.072", "high")), "no number"),
        (certificate(LIST.replace("\\kelvin", "\\kelvin \\metre")), "one unit"),
        (certificate(LIST.replace(">0.061<", ">0.1 0.2 0.3<")), "one or all are needed"),
        (certificate(LIST.replace(">0.061<", "><")), "one or all are needed"),
        (certificate(LIST.replace(">2<", ">0<")), "above zero"),
        (certificate(LIST.replace(">0.061<", ">-1<")), "negative"),
    ],
)
def test_certificates_that_cannot_be_trusted_are_refused(document: bytes, message: str) -> None:
    with pytest.raises(CertificateRefused, match=message):
        from_dcc(document)
