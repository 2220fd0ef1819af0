import { pick } from './text.ts';

type Random = () => number;

const english = {
  places: 'river market station harbour museum bakery garden castle bridge library theatre airport'.split(' '),
  dishes:
    'noodles,lamb stew,mushroom risotto,fish soup,dumplings,steak,curry,lentil salad,pancakes,tacos,duck,ramen'.split(
      ',',
    ),
  people: 'waiter,waitress,cook,host,owner,girl at the till,man at the bar,manager,sommelier,apprentice'.split(','),
  words:
    'cold late perfect bland salty generous overpriced fresh burnt lovely slow noisy spotless greasy rude warm forgettable superb dry stale tender watery charming chaotic'.split(
      ' ',
    ),
};
const chinese = {
  places: '河边 车站 老城 商场 学校 公园 码头 广场 医院 机场'.split(' '),
  dishes: '牛肉面 小笼包 麻婆豆腐 酸菜鱼 烤鸭 宫保鸡丁 火锅 煎饼 凉皮 红烧肉 皮蛋粥 羊肉串'.split(' '),
  people: '服务员 老板 厨师 收银员 经理 外卖员'.split(' '),
  words: '太咸 很新鲜 有点凉 非常香 偏油 分量足 不太干净 价格合理 等得太久 味道一般 超出期待 软烂入味 又硬又干'.split(
    ' ',
  ),
};

const englishClauses: ((random: Random) => string)[] = [
  (r) => `The ${pick(r, english.dishes)} was ${pick(r, english.words)} and rather ${pick(r, english.words)}`,
  (r) => `We waited ${number(r, 90)} minutes for a table near the ${pick(r, english.places)}`,
  (r) => `Our ${pick(r, english.people)} forgot the ${pick(r, english.dishes)} but stayed ${pick(r, english.words)}`,
  (r) => `${number(r, 40)} pounds for ${pick(r, english.dishes)} is ${pick(r, english.words)}, honestly`,
  (r) => `I came with ${number(r, 12)} friends after work at the ${pick(r, english.places)}`,
  (r) => `Ask the ${pick(r, english.people)} for the ${pick(r, english.dishes)}, it is ${pick(r, english.words)}`,
  (r) => `Room ${number(r, 400)} upstairs felt ${pick(r, english.words)}, the music ${pick(r, english.words)}`,
  (r) =>
    `My ${pick(r, english.dishes)} came ${pick(r, english.words)}, so they replaced it with ${pick(r, english.dishes)}`,
  (r) => `Parking by the ${pick(r, english.places)} costs ${number(r, 30)} an hour`,
  (r) => `Vegetarians get ${pick(r, english.words)} ${pick(r, english.dishes)} and little else`,
  (r) => `Portions are ${pick(r, english.words)}; half of my ${pick(r, english.dishes)} went home in a box`,
  (r) =>
    `They closed at ${number(r, 12)} without warning although the ${pick(r, english.people)} had promised otherwise`,
  (r) => `Second visit this month: still ${pick(r, english.words)}, still ${pick(r, english.words)}`,
  (r) => `Children love it here, mine ate ${number(r, 20)} ${pick(r, english.dishes)}`,
  (r) => `Booking online failed twice until the ${pick(r, english.people)} picked up the phone`,
  (r) =>
    `Even the toilets looked ${pick(r, english.words)}, which says a lot about a ${pick(r, english.places)} kitchen`,
  (r) => `Card payments did not work, cash only for ${number(r, 400)}`,
  (r) => `Nobody at the ${pick(r, english.places)} makes such ${pick(r, english.words)} ${pick(r, english.dishes)}`,
];
const chineseClauses: ((random: Random) => string)[] = [
  (r) => `${pick(r, chinese.places)}附近这家的${pick(r, chinese.dishes)}${pick(r, chinese.words)}`,
  (r) => `排队等了${number(r, 90)}分钟才坐下，${pick(r, chinese.people)}也不解释`,
  (r) => `${pick(r, chinese.dishes)}${pick(r, chinese.words)}，但是${pick(r, chinese.dishes)}${pick(r, chinese.words)}`,
  (r) => `人均${number(r, 300)}元，感觉${pick(r, chinese.words)}`,
  (r) => `${pick(r, chinese.people)}推荐了${pick(r, chinese.dishes)}，结果${pick(r, chinese.words)}`,
  (r) => `和${number(r, 12)}个同事从${pick(r, chinese.places)}走过来吃的`,
  (r) => `停车场离${pick(r, chinese.places)}很远，走了${number(r, 30)}分钟`,
  (r) => `打包的${pick(r, chinese.dishes)}${pick(r, chinese.words)}，包装倒是很结实`,
  (r) => `孩子一口气吃完两碗${pick(r, chinese.dishes)}`,
  (r) => `${pick(r, chinese.people)}忘记下单，补送了一盘${pick(r, chinese.dishes)}`,
  (r) => `卫生间${pick(r, chinese.words)}，桌面油腻，音乐太吵`,
  (r) => `第${number(r, 20)}次光顾，水准依旧${pick(r, chinese.words)}`,
  (r) => `下次带家人再点一份${pick(r, chinese.dishes)}试试`,
];
const labels = ['positive', 'negative', 'neutral'];
const tags = ['delivery', 'dinner', 'lunch', 'service', 'price'];

/** A CSV file of reviews of 80 to 200 characters, three in ten Chinese; one in twenty differs from an earlier one by a word. */
export function reviewCsv(rows: number, random: Random): string {
  const texts: string[] = [];
  const lines = ['review,label,tags'];
  const given = new Set<string>();
  while (texts.length < rows) {
    const earlier = random() < 0.05 ? texts[Math.floor(random() * texts.length)] : undefined;
    const text = earlier === undefined ? reviewOf(random) : `${earlier.slice(0, -3)} ${number(random, 1_000_000)}`;
    // The same text with another label would be a conflict, which is not imported.
    if (given.has(text)) continue;
    given.add(text);
    texts.push(text);
    lines.push(`"${text}",${pick(random, labels)},${pick(random, tags)}`);
  }
  return `${lines.join('\n')}\n`;
}

function reviewOf(random: Random): string {
  const [clauses, stop, length] = random() < 0.3 ? [chineseClauses, '。', 80] : [englishClauses, '. ', 120];
  let text = '';
  while (text.length < length) text += pick(random, clauses)(random) + stop;
  return text.trim().slice(0, 200);
}

const number = (random: Random, below: number): number => 2 + Math.floor(random() * below);
