const english =
  'the soup was warm and our waiter kind but we had to wait for a table near the window while music played too loud because they forgot the order twice yet dessert came with coffee on the house so my friends will return next month for the noodles which were fresh crisp salty bland cheap generous cold burnt lovely slow noisy clean'.split(
    ' ',
  );
/** Words that one case in many has. */
const rareEnglish = ['saffron', 'marzipan', 'tamarind', 'rhubarb', 'pistachio', 'juniper', 'cardamom', 'quince'];
const chinese =
  '这家 餐厅 的 味道 很好 但是 服务员 态度 不太 热情 我们 等了 半个 小时 才 上菜 牛肉 有点 老 汤 却 非常 鲜美 环境 安静 干净 价格 也 合理 朋友 都 说 下次 还会 再来 菜单 太 复杂 分量 不足 甜品 免费 送的 排队 很久 位置 靠窗 音乐 太吵 面条 劲道 米饭 冷了'.split(
    ' ',
  );
const rareChinese = ['桂花', '松露', '藕粉', '腊肉', '芥末', '豆豉', '薄荷', '蟹黄'];

/** A text of 100 to 300 characters; about one in eight thousand has a given rare word. */
export function reviewText(random: () => number, language: 'en' | 'zh'): string {
  const [words, rare, space] = language === 'en' ? [english, rareEnglish, ' '] : [chinese, rareChinese, ''];
  const length = 100 + Math.floor(random() * 190);
  let text = '';
  while (text.length < length) {
    text += pick(random, words) + space;
    if (random() < 0.08) text = `${text.trimEnd()}${language === 'en' ? '. ' : '。'}`;
  }
  return random() < 1 / 1_000 ? text + pick(random, rare) : text.trimEnd();
}

export function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new TypeError('there is nothing to pick from');
  return value;
}
