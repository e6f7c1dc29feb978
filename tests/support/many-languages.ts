/** Texts of several languages and scripts, whose formulas come back: prayers, wills, verses, fables. All in the public domain. */
const HEBREW = [
  'בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ׃ וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ וְחֹשֶׁךְ עַל פְּנֵי תְהוֹם וְרוּחַ אֱלֹהִים מְרַחֶפֶת עַל פְּנֵי הַמָּיִם׃',
  'וַיֹּאמֶר אֱלֹהִים יְהִי אוֹר וַיְהִי אוֹר׃ וַיַּרְא אֱלֹהִים אֶת הָאוֹר כִּי טוֹב וַיַּבְדֵּל אֱלֹהִים בֵּין הָאוֹר וּבֵין הַחֹשֶׁךְ׃',
  'וַיִּקְרָא אֱלֹהִים לָאוֹר יוֹם וְלַחֹשֶׁךְ קָרָא לָיְלָה וַיְהִי עֶרֶב וַיְהִי בֹקֶר יוֹם אֶחָד׃ וַיֹּאמֶר אֱלֹהִים יְהִי רָקִיעַ בְּתוֹךְ הַמָּיִם וִיהִי מַבְדִּיל בֵּין מַיִם לָמָיִם׃',
  'וַיַּעַשׂ אֱלֹהִים אֶת הָרָקִיעַ וַיַּבְדֵּל בֵּין הַמַּיִם אֲשֶׁר מִתַּחַת לָרָקִיעַ וּבֵין הַמַּיִם אֲשֶׁר מֵעַל לָרָקִיעַ וַיְהִי כֵן׃',
].join('\n');

const ARABIC = [
  'بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ. الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ. الرَّحْمَٰنِ الرَّحِيمِ. مَالِكِ يَوْمِ الدِّينِ. إِيَّاكَ نَعْبُدُ وَإِيَّاكَ نَسْتَعِينُ.',
  'اهْدِنَا الصِّرَاطَ الْمُسْتَقِيمَ. صِرَاطَ الَّذِينَ أَنْعَمْتَ عَلَيْهِمْ غَيْرِ الْمَغْضُوبِ عَلَيْهِمْ وَلَا الضَّالِّينَ.',
  'زَعَمُوا أَنَّ غُرَابًا كَانَ لَهُ وَكْرٌ فِي شَجَرَةٍ عَلَى جَبَلٍ، وَكَانَ قَرِيبًا مِنْهُ جُحْرُ ثُعْبَانٍ أَسْوَدَ. فَكَانَ الْغُرَابُ إِذَا أَفْرَخَ عَمَدَ الْأَسْوَدُ إِلَى فِرَاخِهِ فَأَكَلَهَا.',
  'فَبَلَغَ ذَٰلِكَ مِنَ الْغُرَابِ وَأَحْزَنَهُ، فَشَكَا ذَٰلِكَ إِلَى صَدِيقٍ لَهُ مِنْ بَنَاتِ آوَى. وَقَالَ لَهُ: أُرِيدُ مُشَاوَرَتَكَ فِي أَمْرٍ قَدْ عَزَمْتُ عَلَيْهِ.',
].join('\n');

const heirs = [
  'my eldest son John',
  'my daughter Alice',
  'my brother Thomas',
  'the poor of the parish',
  'my servant Agnes',
  'my cousin Robert',
];
const goods = [
  'the great feather bed',
  'my silver cup with the cover',
  'ten pounds of lawful money',
  'twenty shillings and a gown',
  'the brown cow',
  'the table in the hall',
];
/** A will: each paragraph begins and ends with the same words. */
const WILL = heirs
  .map(
    (heir, i) =>
      `Item, I give and bequeath unto ${heir} ${goods[i]}, to have and to hold the same to him or her and to the heirs of his or her body for ever. And I will that it be delivered ${['at Michaelmas next', 'within a year of my decease', 'on the day of marriage', 'every year at Easter', 'when the harvest is in', 'at the full age of twenty'][i]}, without any let or hindrance of mine executors.`,
  )
  .join('\n');

const saints = [
  'Sancta Maria',
  'Sancte Michael',
  'Sancte Ioannes Baptista',
  'Sancte Petre',
  'Sancte Andrea',
  'Sancta Agatha',
  'Sancte Laurenti',
  'Omnes sancti Angeli',
];
const LITANY = saints.map((saint) => `${saint}, ora pro nobis. Ab omni malo libera nos, Domine.`).join('\n');

const GREEK = [
  'μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην, ἣ μυρί᾽ Ἀχαιοῖς ἄλγε᾽ ἔθηκε, πολλὰς δ᾽ ἰφθίμους ψυχὰς Ἄϊδι προΐαψεν ἡρώων, αὐτοὺς δὲ ἑλώρια τεῦχε κύνεσσιν οἰωνοῖσί τε πᾶσι.',
  'Διὸς δ᾽ ἐτελείετο βουλή, ἐξ οὗ δὴ τὰ πρῶτα διαστήτην ἐρίσαντε Ἀτρεΐδης τε ἄναξ ἀνδρῶν καὶ δῖος Ἀχιλλεύς. τίς τ᾽ ἄρ σφωε θεῶν ἔριδι ξυνέηκε μάχεσθαι;',
  'Λητοῦς καὶ Διὸς υἱός· ὃ γὰρ βασιλῆϊ χολωθεὶς νοῦσον ἀνὰ στρατὸν ὄρσε κακήν, ὀλέκοντο δὲ λαοί.',
].join('\n');

const GERMAN = [
  'In den alten Zeiten, wo das Wünschen noch geholfen hat, lebte ein König, dessen Töchter waren alle schön, aber die jüngste war so schön, daß die Sonne selber, die doch so vieles gesehen hat, sich verwunderte, sooft sie ihr ins Gesicht schien.',
  'Nahe bei dem Schlosse des Königs lag ein großer dunkler Wald, und in dem Walde unter einer alten Linde war ein Brunnen. Wenn nun der Tag recht heiß war, so ging das Königskind hinaus in den Wald und setzte sich an den Rand des kühlen Brunnens.',
  'Und wenn sie Langeweile hatte, so nahm sie eine goldene Kugel, warf sie in die Höhe und fing sie wieder; und das war ihr liebstes Spielwerk.',
].join('\n');

const ROMANIAN = [
  'Pe-un picior de plai, pe-o gură de rai, iată vin în cale, se cobor la vale trei turme de miei cu trei ciobănei. Unu-i moldovean, unu-i ungurean și unu-i vrâncean.',
  'Iar cel ungurean și cu cel vrâncean, mări, se vorbiră, ei se sfătuiră pe l-apus de soare ca să mi-l omoare pe cel moldovean, că-i mai ortoman.',
  'Dar cea mioriță cu lâna plăviță de trei zile-ncoace gura nu-i mai tace, iarba nu-i mai place. Mioriță laie, laie bucălaie, de trei zile-ncoace gura nu-ți mai tace.',
].join('\n');

const RUSSIAN = [
  'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. Всё смешалось в доме Облонских. Жена узнала, что муж был в связи с бывшею в их доме француженкою-гувернанткой, и объявила мужу, что не может жить с ним в одном доме.',
  'Положение это продолжалось уже третий день и мучительно чувствовалось и самими супругами, и всеми членами семьи, и домочадцами. Все члены семьи и домочадцы чувствовали, что нет смысла в их сожительстве.',
  'Жена не выходила из своих комнат, мужа третий день не было дома. Дети бегали по всему дому, как потерянные; англичанка поссорилась с экономкой и написала записку приятельнице, прося приискать ей новое место.',
].join('\n');

export const MANY_LANGUAGES = [HEBREW, ARABIC, WILL, LITANY, GREEK, GERMAN, ROMANIAN, RUSSIAN];
export const POINTED = [HEBREW, ARABIC];
export const FORMULAIC = [WILL, LITANY];
