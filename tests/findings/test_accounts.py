"""Accounts of an event that part without a word of denial: other counts, and each blaming the other."""

from __future__ import annotations

import pytest

from provenance.findings.accounts.blame import blame_each_other
from provenance.findings.accounts.tolls import counts_part


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("471 people were killed", "Between 100 and 300 people were killed"),
        ("At least 40 dead", "Up to 10 people died"),
        ("не менее 40 человек погибли", "10 погибших"),
        ("造成40人死亡", "至少100人死亡"),
        ("12명 사망", "40명이 사망"),
        ("al menos 40 muertos", "12 muertos"),
        ("1,200 dead", "300 dead"),
        ("12 killed, 300 wounded", "12 killed, 40 wounded"),
        ("٤٠ قتيلا", "١٢ قتيلا"),
        ("The hurricane killed 64 people", "4,645 people died"),
        ("The strike killed at least 40", "Three shells fell, killing 12 people"),
        ("Погибли 12 человек", "Погибло не менее 40 человек"),
        ("загинули 12", "40 загиблих"),
        ("не больше 12 погибших", "40 погибших"),
        ("死者は4人", "40人が死亡した"),
        ("死亡3人", "死者至少40人"),
        ("사망자는 4명이다", "30명이 사망했다고 밝혔다"),
        ("Погибших: 5, раненых: 60", "Число погибших — 60"),
        ("The death toll stands at 60", "At most 12 people were killed"),
        ("60 lives were lost", "12 people died"),
        ("5 killed: 3 in the market", "60 killed"),
        ("zginęło 60 osób", "5 ofiar śmiertelnych"),
        ("60 người thiệt mạng", "5 người chết"),
        ("60 הרוגים", "5 בני אדם נהרגו"),
        ("10,000 people took part", "Organisers say 200,000 took part"),
        ("89 pessoas participam do ato", "Mais de 900 pessoas participavam"),
        ("431 personas participaban", "40 personas participan en la marcha"),
        ("2 Millionen Menschen demonstrierten", "40 000 Demonstranten"),
        ("Some 30 thousand protesters gathered", "1.5 million people marched"),
        ("на митинг вышли не более 10 тыс. человек", "50 тысяч человек вышли на митинг"),
        ("2만 명 참가", "10만 명 참가"),
        ("3万人参加", "10万人参加"),
        ("1만 5,000명이 참가", "3만 명이 참가"),
        ("1万5千人参加", "3万人参加"),
        ("The strike killed at least 40 civilians", "The shells killed 12 in the market"),
        ("La policía cifra la asistencia en 9.000 personas", "Más de 60.000 manifestantes, según los convocantes"),
        ("참석자를 5천 명으로 본다", "8만 명이 모였다"),
        ("مقتل 12 شخصا", "استشهاد أكثر من 40 شخصا"),
        ("The toll is put at 50 to 80 deaths", "At least 200 people were killed"),
        ("Ни один житель не пострадал", "Погибли 7 человек"),
        ("Not a single passenger was hurt", "14 passengers were injured"),
    ],
)
def test_counts_that_exclude_each_other_part(first: str, second: str) -> None:
    assert counts_part(first, second)
    assert counts_part(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("At least 100 people were killed", "Between 100 and 300 people were killed"),
        ("12 killed", "14 killed"),  # an hour later
        ("40人死亡3人受伤", "40人死亡"),
        ("5 killed: 3 in the market, 2 at home", "5 dead"),
        ("погибших — 12 марта хоронят", "40 погибших"),
        ("around 300 killed", "350 dead"),
        ("12 killed", "40 wounded"),
        ("12 killed in Sumy, 3 killed in Kharkiv", "3 killed"),  # of which of the two?
        ("The 25-year-old died", "3 died"),
        ("In 2023 people died", "12 died"),
        ("3 of 40 patients died", "3 dead"),
        ("40 km away a man died", "3 died"),
        ("The hospital was hit", "12 killed"),
        ("He was killed 3 days later", "40 killed"),
        ("They were killed on 2 May", "40 killed"),
        ("12 killed, 300 wounded", "killed 12, wounded 300"),
        ("killed 12 soldiers", "40 people killed"),  # a part
        ("killed 12 and wounded 40", "40 wounded"),
        ("10,000 people took part", "12,000 marched"),
        ("At least 10,000 took part", "200,000 took part"),
        ("10,000 people took part", "40 were injured"),
        ("The shelling killed 5-year-old Anna", "1 person was killed"),  # an age
        ("Погиб 24-летний мужчина", "Погиб 1 человек"),
        ("Пострадали 15 домов", "Пострадали 3 человека"),  # houses, roubles, cows, a share, how often, a time of day
        ("Фонд собрал 3 миллиона рублей", "На митинг собралось 500 человек"),
        ("The blast killed 12 cows", "1 person was killed"),
        ("The quake killed 12% of the herd", "3 people died"),
        ("Killed 12 times more than before", "3 people were killed"),
        ("Protesters gathered around 9 pm", "Some 5,000 people gathered"),
        ("3만5000명이 참가", "3만 명이 참가"),
        ("1万5千人参加", "1万人参加"),
        ("So far 50 to 80 people were killed", "At least 200 people were killed"),
        ("مقتل 12 شخصا", "إصابة 40 شخصا"),
        ("경찰 2천 명이 집결했다", "8만 명이 모였다"),
        ("Ни один солдат не погиб", "Погибли 7 человек"),
        ("Not one hostage was killed", "7 militants were killed"),
        ("لم يقتل أي جندي", "مقتل 12 شخصا"),
    ],
)
def test_counts_that_can_both_be_right_do_not_part(first: str, second: str) -> None:
    assert not counts_part(first, second)
    assert not counts_part(second, first)


@pytest.mark.parametrize(
    ("by", "text", "other", "other_text"),
    [
        ("Ukraine's president", "Russian forces blew up the dam", "Russia's defence ministry", "Ukrainian shelling"),
        ("Azerbaijan", "Armenian forces shelled villages", "Armenia", "Azerbaijani troops attacked Jermuk"),
        ("Ukraine's Army", "The Russian Army shelled it", "Russia's Ministry", "The Ukrainian Army struck"),
        ("SAF", "RSF attacked the hospital", "RSF", "SAF jets bombed the hospital"),
        ("Israel's army", "Israel says a failed Hamas rocket hit it", "Hamas", "An Israeli air strike hit it"),
        (
            "Israel's army",
            "A misfired rocket of Islamic Jihad hit it",
            "Gaza health ministry",
            "An Israeli air strike hit it",
        ),
        ("Israel", "It was shot at by Hamas fighters", "Witnesses", "The crowd was shelled by Israeli tanks"),
        ("Baku", "Armenian guns shelled the road", "Yerevan", "Azerbaijani drones attacked the road"),
        ("Ukraine", "Russian missiles hit a school in Kyiv", "Russia", "A Ukrainian missile hit the school"),
        ("Kyiv", "Russian guns shelled the market", "Moscow", "The market was shelled by Kyiv"),
        ("Київ", "Росія обстріляла станцію", "Москва", "По станції ударили ракети України"),
        ("Генштаб України", "Російські війська обстріляли місто", "Минобороны Росії", "Обстріл з боку України"),
    ],
)
def test_each_lays_it_at_the_others_door(by: str, text: str, other: str, other_text: str) -> None:
    assert blame_each_other(by, text, other, other_text)


@pytest.mark.parametrize(
    ("by", "text", "other", "other_text"),
    [
        ("Ukraine", "We exchanged prisoners with Russia", "Russia", "An exchange with Ukraine took place"),
        ("Pakistan", "A strike was indicated by radar", "India", "Pakistani forces attacked"),
        ("Poland", "A Russian missile hit Przewodów", "Ukraine", "A Russian missile hit Poland"),
        ("Iran", "Iran fired at bases in Iraq", "Iraq", "Iranian missiles hit Erbil"),
        ("the army", "The army hit the town", "the police", "The police fired"),
        ("Poland", "It was hit by a missile of Russia", "Ukraine", "A Russian missile hit Poland"),
        ("Israel", "The crowd was hit by a bus", "Witnesses", "The crowd was shelled by Israeli tanks"),
        ("Israel", "Israeli tanks fired at fighters of Hamas", "Witnesses", "Israeli tanks shelled the crowd"),
        ("Turkey", "Police found the rockets of Daesh", "Reuters", "Turkish jets struck near Hasakah"),
        ("", "Russia struck", "", "Ukraine struck"),
        ("Moscow", "A drone struck a school in Kyiv", "Ukraine", "A Russian drone struck the school"),
        ("Israel", "Iran fired missiles", "Iran", "The fire was put out by Monday; nothing exploded"),
        ("Israel", "Iran fired missiles", "Iran", "Explosions in Isfahan, footage by Reuters shows"),
        ("Ukraine", "Russian drones attacked Odesa", "Russia", "Four drones were shot down"),
        ("Ukraine", "Russian drones attacked Odesa", "Russia", "Air defence forces destroyed drones"),
    ],
)
def test_one_account_of_who_did_it_blames_nobody_else(by: str, text: str, other: str, other_text: str) -> None:
    assert not blame_each_other(by, text, other, other_text)
