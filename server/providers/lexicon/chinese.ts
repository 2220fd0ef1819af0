/*
 * Chinese words of praise and complaint with their strength, on the scale of AFINN (−5 … 5). Written for this project, from the general vocabulary of
 * everyday reviews (food, service, goods, hotels, films, apps) and not from any evaluation set. Fixed phrases stand beside the words that they hold,
 * because the longest match counts: 不错 is praise although 错 is not.
 */
const wordsByStrength: Readonly<Record<string, string>> = {
  4: `
    绝了 绝绝子 完美 无可挑剔 惊艳 惊为天人 叹为观止 赞不绝口 爱死 爱了爱了 人间美味 回味无穷 念念不忘 满分 五星好评 超值 神仙 无与伦比 顶级 极致
    强烈推荐 百吃不厌 一绝 封神 yyds 美味绝伦 挑不出毛病 没得挑 没话说 物超所值`,
  3: `
    好吃 美味 可口 鲜美 香浓 醇厚 鲜嫩 酥脆 香脆 爽口 入味 地道 正宗 喜欢 喜爱 最爱 爱吃 热爱 推荐 安利 种草 满意 优秀 出色 优质 一流 上乘 精彩 精致 精美 惊喜
    贴心 周到 热情 暖心 用心 细心 耐心 感动 感谢 享受 幸福 开心 快乐 高兴 愉快 愉悦 难忘 值得 良心 实惠 划算 性价比高 好评 点赞 称赞 赞叹 夸赞 好喝 好看 好听 好玩 好用
    漂亮 优雅 浪漫 温馨 温暖 舒服 舒适 惬意 治愈 棒极了 太棒 很棒 真棒 超棒 还会再来 会再来 下次再来 必点 必吃 宝藏 回购 回头客 流连忘返 意犹未尽 名不虚传 名副其实
    没毛病 没得说 不负众望 不虚此行 赞`,
  2: `
    不错 好 棒 香 鲜 嫩 美 爱 新鲜 健康 干净 整洁 卫生 明亮 宽敞 安静 清净 方便 便捷 快捷 迅速 及时 准时 高效 专业 友好 友善 亲切 和气 礼貌 客气 细致 认真 负责 靠谱
    放心 安心 省心 丰富 丰盛 充足 大方 量大 管饱 足量 厚道 公道 合理 便宜 优惠 超出预期 出乎意料的好 扎实 筋道 劲道 弹牙 软糯 松软 细腻 浓郁 清爽 清甜 解馋 过瘾 开胃 下饭 暖胃
    解腻 独特 特色 讲究 别致 有趣 精心 到位 合口味 合胃口 对胃口 满足 欣慰 佩服 信赖 信任 支持 赞赏 欣赏 表扬 优点 亮点 加分 成功 顺利 流畅 稳定 耐用 结实 火爆 人气 口碑
    不贵 不腻 不油 不咸 不柴 不坑 不愧 不失望 不后悔 不亏 没失望 没踩雷 物美价廉 老字号 良好 出彩 惊人的好 手艺好`,
  1: `还好 还行 还可以 可以 不赖 过得去 尚可 凑合 清淡 家常 实在 热闹 熟悉 期待 愿意 习惯 改进 进步 恢复`,
  '-1': `一般 一般般 普通 平平 平庸 普普通通 马马虎虎 勉强 将就 有点贵 偏贵 偏咸 偏甜 偏油 小贵 略贵 吵 挤 拥挤 排队 等位 久等 慢 偏慢 油 咸 硬 腥 柴 少 凉了 冷了`,
  '-2': `
    差 贵 脏 乱 臭 坏 难看 难听 难用 难闻 难喝 嘈杂 吵闹 喧闹 昏暗 拥堵 油腻 腻 寡淡 无味 没味道 没味 太咸 太甜 太油 太辣 太慢 太吵 太贵 太少 太硬 齁咸 齁 夹生 半生 不熟
    没熟 烤焦 糊了 焦了 老了 不新鲜 不好 不行 不值 不推荐 不喜欢 不满 不满意 不卫生 不干净 不专业 不耐烦 不合理 不划算 不如 不怎么样 不咋地 不咋样 不好吃 不好喝 不好看 不地道
    不正宗 不入味 不会再来 不会再去 不想再来 不想再去 不再来 再也不来 再也不去 没有下次 下次不来 不来了 减分 扣分 缺点 问题 毛病 麻烦 缺货 缺少 缺斤少两 出错 弄错 上错 算错
    漏单 漏送 迟到 拖延 拖沓 怠慢 冷淡 冷漠 爱理不理 不理人 没人理 敷衍 粗糙 简陋 破旧 陈旧 发霉 过期 变质 馊 酸臭 异味 怪味 苦涩 干硬 干柴 坨了 湿软 绵软无力 腥味
    抱怨 投诉 后悔 遗憾 可惜 无奈 无语 尴尬 郁闷 扫兴 难受 生气 心疼 吃亏 浪费 量少 加价 涨价 偷工减料 预制菜 名不副实 名不符实 徒有虚名 言过其实 大打折扣 落差 走样 退步 缩水`,
  '-3': `
    难吃 失望 糟糕 糟透 恶心 恶劣 差劲 差评 垃圾 讨厌 反感 愤怒 气愤 气死 生硬 粗鲁 无礼 傲慢 骂人 翻白眼 甩脸 黑脸 坑人 坑 宰客 骗人 欺骗 忽悠 虚假 敲诈 乱收费 强制消费 隐形消费 智商税
    踩雷 避雷 拉黑 劝退 后悔死 拉肚子 腹泻 肠胃炎 食物中毒 中毒 呕吐 反胃 苍蝇 蟑螂 老鼠 虫子 头发丝 塑料片 脏兮兮 油乎乎 黏糊糊 臭烘烘 难以下咽 咽不下去 一塌糊涂 乱七八糟 毫无诚意
    没诚意 不负责任 推卸责任 离谱 过分 可恶 可怕 可气 倒胃口 倒霉 受罪 遭罪 上当 受骗 被骗 被坑 退钱 退款`,
  '-4': `恶心死 想吐 最差 最烂 烂透 太烂 黑店 黑心 无良 奇葩 噩梦 灾难 奇差 极差 极其难吃 难吃至极 一星都不想给 零分 气炸 忍无可忍 令人发指 吃出虫`,
};

export const chinesePolarity: ReadonlyMap<string, number> = new Map(
  Object.entries(wordsByStrength).flatMap(([strength, words]) =>
    words
      .trim()
      .split(/\s+/)
      .map((word): [string, number] => [word, Number(strength)]),
  ),
);

/** What turns the word after it round; longer ones first. */
export const chineseNegators: readonly string[] =
  '谈不上 算不上 称不上 说不上 并没有 从来不 一点都不 一点也不 不怎么 毫不 毫无 并不 并非 绝不 不是 不太 不够 不算 不再 没有 没那么 没什么 缺乏 不 没 无 未 别 非'.split(
    ' ',
  );

export const chineseIntensifiers: readonly string[] =
  '非常 特别 十分 相当 格外 尤其 极其 实在 真的 简直 超级 最 很 太 超 极 真 好'.split(' ');

/** What comes after weighs more than what came before. */
export const chineseTurn = /但是|但|不过|可惜|然而|只是|就是|没想到|结果/;
