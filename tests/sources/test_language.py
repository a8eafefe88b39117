"""English or not: (text, language named)."""

from __future__ import annotations

import pytest

from dateline.sources.language import foreign_language

ROWS = [
    (
        "Die Regierung hat am Montag angekündigt, dass die Truppen das Land vor Ende des Jahres verlassen "
        "werden, wie das Ministerium in Berlin mitteilte.",
        "German",
    ),
    (
        "EL PRESIDENTE ANUNCIÓ EL LUNES QUE LAS TROPAS SALDRÁN DEL PAÍS ANTES DE FIN DE AÑO, SEGÚN UN "
        "COMUNICADO QUE EL MINISTERIO PUBLICÓ EN MADRID.",
        "Spanish",
    ),
    (
        "Президент объявил в понедельник, что войска покинут страну до конца года, говорится в заявлении "
        "министерства, опубликованном в Москве.",
        "Russian",
    ),
    (
        "أعلن الرئيس يوم الاثنين أن القوات ستغادر البلاد قبل نهاية العام، وفقا لبيان صادر عن وزارة الدفاع "
        "نشر في العاصمة بعد اجتماع طويل.",
        "Arabic",
    ),
    ("总统星期一宣布部队将在年底前离开该国国防部在首都发表声明说双方将继续谈判" * 3, "Chinese"),
    ("Bonjour tout le monde", None),
    ("", None),
    (
        "THE PRESIDENT SAID ON MONDAY THAT THE TROOPS WOULD LEAVE THE COUNTRY BEFORE THE END OF THE YEAR.",
        None,
    ),
    (
        "Abdel Fattah Noor, Mohammed bin Rashid Ali, Recep Yilmaz Demir, Binyamin Levi, Bashir Hadad, Nguyen "
        "Van Minh and Xu Jinhai met Kofi Boateng.",
        None,
    ),
    (
        "Turkish jets bomb Kurdish camps; Ankara vows revenge; Moscow condemns raid; Damascus calls session; "
        "Beirut keeps silent; Tehran sends envoy.",
        None,
    ),
    (
        "« Nous partirons », he told Le Monde in Paris on Monday, and the ministry said that the last of the "
        "soldiers had left the Côte d'Ivoire.",
        None,
    ),
]


@pytest.mark.parametrize(("text", "language"), ROWS)
def test_language(text: str, language: str | None) -> None:
    assert foreign_language(text) == language
