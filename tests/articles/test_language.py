"""Only English is read: other languages are told, short texts get the benefit of the doubt."""

import pytest

from tracker.articles import looks_english

ENGLISH = {
    "report": "The defence ministry said on Monday that it would move 300 engineers to the northern province, where floods have cut"
    " the roads. They are to stay for six weeks, and another company stands ready to follow if the rivers keep rising.",
    "names and numbers": "Ceasefire monitors: Chad 120, Ghana 340, Nepal 85, Uruguay 60. Camp A: Lt Col Obi, 2 Coy; Camp B: Maj Rai,"
    " 1 Coy; Camp C: Capt Silva, HQ. The units rotate in May. Contact: the force commander of the mission in Goma, Maj Gen Sall,"
    " and his deputy Brig Acosta de la Torre.",
}
OTHER = {
    "German": "Das Verteidigungsministerium teilte am Montag mit, dass 300 Pioniere in die nördliche Provinz verlegt werden, wo das"
    " Hochwasser die Straßen unterbrochen hat. Sie sollen sechs Wochen bleiben, und eine weitere Kompanie steht bereit.",
    "Dutch": "Het ministerie van Defensie zei maandag dat het 300 genisten naar de noordelijke provincie stuurt, waar het water de"
    " wegen heeft afgesneden. Zij blijven daar zes weken, en een andere compagnie staat klaar om te volgen als het nodig is of niet.",
    "French": "Le ministère de la Défense a annoncé lundi que 300 sapeurs seront envoyés dans la province du nord, où les crues ont"
    " coupé les routes. Ils y resteront six semaines, et une autre compagnie se tient prête à suivre si le fleuve monte encore.",
    "Spanish": "El ministerio de Defensa dijo el lunes que enviará 300 ingenieros a la provincia del norte, donde las crecidas han"
    " cortado las carreteras. Permanecerán allí seis semanas y otra compañía está lista para seguirlos si los ríos siguen subiendo.",
    "Polish": "Ministerstwo obrony poinformowało w poniedziałek, że wyśle 300 saperów do północnej prowincji, gdzie powódź odcięła"
    " drogi. Zostaną tam na sześć tygodni, a kolejna kompania jest gotowa, jeśli rzeki nie przestaną przybierać w nocy i nad ranem.",
    "Indonesian": "Kementerian pertahanan mengatakan pada hari Senin bahwa 300 prajurit zeni akan dikirim ke provinsi utara, tempat"
    " banjir yang memutus jalan. Mereka akan tinggal di sana selama enam minggu dan satu kompi lain siap menyusul dari ibu kota.",
    "Russian": "Министерство обороны сообщило в понедельник, что направит 300 военных инженеров в северную провинцию, где паводок"
    " перерезал дороги. Они останутся там на шесть недель, ещё одна рота готова выехать следом, если вода будет прибывать и дальше.",
    "Arabic": "قالت وزارة الدفاع يوم الاثنين إنها سترسل ثلاثمئة مهندس عسكري إلى المحافظة الشمالية حيث قطعت الفيضانات الطرق، وسيبقون"
    " هناك ستة أسابيع، وتقف سرية أخرى على أهبة الاستعداد للحاق بهم إذا استمر ارتفاع منسوب الأنهار في الأيام المقبلة من هذا الشهر",
    "Chinese": "国防部星期一表示，将派遣三百名工兵前往北部省份，那里的洪水已经切断了道路。" * 6,
}  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_is_read(text):
    assert len(text.split()) >= 35
    assert looks_english(text * 2)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_other_languages_are_not(text):
    assert not looks_english(text + " " + text)


def test_a_short_text_says_too_little_to_refuse_it():
    assert looks_english("Bundeswehr verlegt 300 Soldaten nach Litauen")


def test_an_english_article_may_quote_another_language():
    assert looks_english(ENGLISH["report"] * 2 + OTHER["French"])
